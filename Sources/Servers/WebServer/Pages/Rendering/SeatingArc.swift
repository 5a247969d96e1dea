import Foundation

/// The hemicycle: seats in rows on concentric half circles, as the pages draw it for who is present.
///
/// Seats are counted along the aisle, from one end of the arc to the other, so that taken ones fill it like a chamber does.
struct SeatingArc: Hashable, Sendable {
    struct Seat: Hashable, Sendable {
        /// Of the centre, in the units of `width` and `height`.
        let x: Double
        let y: Double
        /// From 0 at the arc's beginning to π at its end.
        fileprivate let angle: Double
    }

    /// In the order in which they are taken.
    let seats: [Seat]
    let radius: Double

    static let width = 200.0
    static let height = 108.0
    /// More people than this share the picture's seats.
    static let maximumSeats = 240

    init(seats wanted: Int) {
        let count = min(max(wanted, 1), Self.maximumSeats)
        let rows = Self.rows(for: count)
        let spacing = (Self.outer - Self.inner) / Double(max(rows - 1, 1))
        radius = min(5.2, spacing * 0.36, Double.pi * Self.middle / Double(count) * Double(rows) * 0.4)
        seats = Self.places(count, rows: rows, spacing: spacing).sorted { ($0.angle, $0.y) < ($1.angle, $1.y) }
    }

    private static let outer = 92.0
    private static let inner = 40.0
    private static let middle = (outer + inner) / 2

    /// Few rows for a small chamber, and rows about as far apart as seats for a large one.
    private static func rows(for count: Int) -> Int {
        switch count {
        case ...9: 1
        case ...27: 2
        case ...60: 3
        case ...110: 4
        case ...170: 5
        default: 6
        }
    }

    /// Each row gets its share of the seats by its length.
    private static func places(_ count: Int, rows: Int, spacing: Double) -> [Seat] {
        let radii = (0..<rows).map { rows == 1 ? outer * 0.8 : inner + Double($0) * spacing }
        let total = radii.reduce(0, +)
        var (given, length) = (0, 0.0)
        return radii.flatMap { radius in
            length += radius
            let upTo = Int((Double(count) * length / total).rounded())
            defer { given = upTo }
            return row(upTo - given, radius: radius)
        }
    }

    private static func row(_ count: Int, radius: Double) -> [Seat] {
        (0..<max(count, 0)).map { index in
            let angle = count == 1 ? Double.pi / 2 : Double.pi * Double(index) / Double(count - 1)
            return Seat(x: width / 2 - cos(angle) * radius, y: 100 - sin(angle) * radius, angle: angle)
        }
    }
}

extension SeatingArc {
    /// For the template that draws it, with the first seats taken.
    func fields(taken: Int) -> Fields {
        [
            "arcWidth": .number(Int(Self.width)), "arcHeight": .number(Int(Self.height)),
            "seats": .list(
                of: seats.enumerated().map { index, seat in
                    [
                        "x": .text(Self.written(seat.x)), "y": .text(Self.written(seat.y)), "r": .text(Self.written(radius)),
                        "taken": .flag(index < taken),
                    ]
                }),
        ]
    }

    private static func written(_ value: Double) -> String {
        String((value * 10).rounded() / 10)
    }
}
