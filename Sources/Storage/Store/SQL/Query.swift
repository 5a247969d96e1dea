/// A statement, or a part of one, with its values: `"SELECT name FROM room WHERE id = \(room)"`.
///
/// What is interpolated is bound, never pasted, and numbered `$1`, `$2` … as PostgreSQL writes it and SQLite reads it too.
struct Query: Sendable {
    private(set) var values: [StoredValue] = []
    /// What stands before each value, and behind the last.
    private var pieces = [""]

    var text: String {
        pieces.dropFirst().enumerated().reduce(pieces[0]) { "\($0)$\($1.offset + 1)\($1.element)" }
    }

    static func += (query: inout Query, more: Query) {
        query.pieces[query.pieces.count - 1] += more.pieces[0]
        query.pieces += more.pieces.dropFirst()
        query.values += more.values
    }
}

extension Query: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) {
        pieces = [text]
    }

    init(stringInterpolation interpolation: Interpolation) {
        self = interpolation.query
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var query = Query()

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) {
            query += Query(stringLiteral: literal)
        }

        mutating func appendInterpolation(_ value: some Storable) {
            query.bind(value.stored)
        }

        mutating func appendInterpolation(_ value: (some Storable)?) {
            query.bind(value?.stored ?? .null)
        }

        /// Part of a statement that several share.
        mutating func appendInterpolation(part: Query) {
            query += part
        }

        /// The values of `IN (…)`; of none, which SQL cannot write, NULL, which nothing is in.
        mutating func appendInterpolation(list: [some Storable]) {
            guard !list.isEmpty else { return appendLiteral("NULL") }
            for (place, value) in list.enumerated() {
                if place > 0 { appendLiteral(", ") }
                query.bind(value.stored)
            }
        }
    }

    private mutating func bind(_ value: StoredValue) {
        values.append(value)
        pieces.append("")
    }
}
