import Testing

@testable import WebServer

@Suite struct SeatingArcTests {
    @Test(arguments: [1, 2, 9, 10, 27, 28, 60, 110, 150, 170, 240])
    func `as many seats are drawn as were asked for, all within the picture`(count: Int) {
        let arc = SeatingArc(seats: count)
        #expect(arc.seats.count == count)
        for seat in arc.seats {
            #expect((arc.radius...SeatingArc.width - arc.radius).contains(seat.x))
            #expect((arc.radius...SeatingArc.height - arc.radius).contains(seat.y))
        }
    }

    @Test(arguments: [9, 27, 60, 110, 150, 240])
    func `no seat covers another`(count: Int) {
        let arc = SeatingArc(seats: count)
        for (index, seat) in arc.seats.enumerated() {
            for other in arc.seats.dropFirst(index + 1) {
                let (x, y) = (seat.x - other.x, seat.y - other.y)
                #expect((x * x + y * y).squareRoot() > 2 * arc.radius)
            }
        }
    }

    @Test(arguments: [Int.min, -1, 0, 241, Int.max])
    func `a number of people that no picture can hold is drawn all the same`(count: Int) {
        #expect((1...SeatingArc.maximumSeats).contains(SeatingArc(seats: count).seats.count))
    }
}
