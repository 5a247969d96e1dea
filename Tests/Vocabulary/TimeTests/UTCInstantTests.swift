import FoundationEssentials
import Testing
import Time

@Suite struct UTCInstantTests {
    static let opening = UTCInstant(microseconds: 1_623_844_800_000_000)

    @Test(arguments: [
        "2021-06-16T12:00:00Z", "2021-06-16T14:00:00+02:00", "2021-06-16T12:00:00.000Z", "2021-06-16T07:30:00-04:30",
    ])
    func `an instant is read with its zone`(text: String) {
        #expect(UTCInstant(text) == Self.opening)
    }

    @Test(arguments: [("2021-06-16T12:00:00.5Z", 500_000), ("2021-06-16T14:00:00.125+02:00", 125_000)])
    func `fractions of a second are read`(text: String, microseconds: Int64) {
        #expect(UTCInstant(text)?.microseconds == Self.opening.microseconds + microseconds)
    }

    @Test(arguments: [
        "", "yesterday", "2021-06-16", "2021-06-16T12:00:00", "2021-13-16T12:00:00Z", "1623844800",
        "99999999999999999999-01-01T00:00:00Z", String(repeating: "9", count: 10_000), "2021-06-16T12:00:00Z ; DROP", "\u{0}",
    ])
    func `what is no instant is refused`(text: String) {
        #expect(UTCInstant(text) == nil)
    }

    @Test func `it is written in UTC with milliseconds`() {
        #expect(Self.opening.text == "2021-06-16T12:00:00.000Z")
        #expect(Self.opening.advanced(by: .milliseconds(7)).text == "2021-06-16T12:00:00.007Z")
        #expect(UTCInstant(Self.opening.text) == Self.opening)
    }

    @Test func `it survives JSON to the millisecond`() throws {
        let instant = Self.opening.advanced(by: .milliseconds(123))
        let data = try JSONEncoder().encode([instant])
        #expect(String(decoding: data, as: UTF8.self) == #"["2021-06-16T12:00:00.123Z"]"#)
        #expect(try JSONDecoder().decode([UTCInstant].self, from: data) == [instant])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([UTCInstant].self, from: Data(#"["soon"]"#.utf8)) }
    }

    @Test(arguments: [0, 1, -1, 1_623_844_800_123_456, -62_135_596_800_000_000] as [Int64])
    func `a date and back is the same microsecond`(microseconds: Int64) {
        let instant = UTCInstant(microseconds: microseconds)
        #expect(UTCInstant(instant.date) == instant)
    }

    @Test func `arithmetic saturates`() {
        let (first, last) = (UTCInstant(microseconds: .min), UTCInstant(microseconds: .max))
        #expect(last.advanced(by: .seconds(1)) == last)
        #expect(first.advanced(by: .seconds(-1)) == first)
        #expect(last.since(first) == .microseconds(Int64.max))
        #expect(first.since(last) == .microseconds(Int64.min))
        #expect(Self.opening.advanced(by: .seconds(Int64.max)) == last)
        #expect(UTCInstant(Date(timeIntervalSince1970: .infinity)) == last)
        #expect(UTCInstant(Date(timeIntervalSince1970: -.infinity)) == first)
    }

    @Test(arguments: [Int64.min, .max])
    func `even the ends of time have a text`(microseconds: Int64) {
        #expect(!UTCInstant(microseconds: microseconds).text.isEmpty)
    }

    @Test func `durations count whole microseconds, saturating`() {
        #expect(Duration.nanoseconds(1999).microseconds == 1)
        #expect(Duration.milliseconds(-5).microseconds == -5000)
        #expect(Duration.seconds(Int64.max).microseconds == .max)
        #expect(Duration.seconds(Int64.min).microseconds == .min)
        #expect(Duration.milliseconds(250).inSeconds == 0.25)
    }
}
