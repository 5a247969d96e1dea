/// A statement with its values: `"SELECT name FROM room WHERE id = \(room)"`.
///
/// What is interpolated is bound, never pasted, and numbered `$1`, `$2` … as PostgreSQL writes it and SQLite reads it too.
struct Query: Sendable {
    let text: String
    let values: [StoredValue]
}

extension Query: ExpressibleByStringInterpolation {
    init(stringLiteral text: String) {
        self.text = text
        self.values = []
    }

    init(stringInterpolation interpolation: Interpolation) {
        text = interpolation.text
        values = interpolation.values
    }

    struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var values: [StoredValue] = []

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 3 * interpolationCount)
            values.reserveCapacity(interpolationCount)
        }

        mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        mutating func appendInterpolation(_ value: some Storable) {
            bind(value.stored)
        }

        mutating func appendInterpolation(_ value: (some Storable)?) {
            bind(value?.stored ?? .null)
        }

        /// Part of a statement that several share. One with values comes before all others.
        mutating func appendInterpolation(part query: Query) {
            precondition(values.isEmpty || query.values.isEmpty, "a part's values are numbered from $1")
            text += query.text
            values += query.values
        }

        private mutating func bind(_ value: StoredValue) {
            values.append(value)
            text += "$\(values.count)"
        }
    }
}
