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

    @Test(arguments: [
        ("2021-06-16T12:00:00.5Z", 500_000), ("2021-06-16T14:00:00.125+02:00", 125_000),
        ("2021-06-16T12:00:00.000001Z", 1), ("2021-06-16T12:00:00.999999999999z", 999_999), ("2021-06-16t12:00:00.0Z", 0),
    ])
    func `fractions of a second are read`(text: String, microseconds: Int64) {
        #expect(UTCInstant(text)?.microseconds == Self.opening.microseconds + microseconds)
    }

    @Test(arguments: [
        "", "yesterday", "2021-06-16", "2021-06-16T12:00:00", "2021-13-16T12:00:00Z", "1623844800",
        "2021-02-29T12:00:00Z", "2021-06-31T12:00:00Z", "2021-00-16T12:00:00Z", "2021-06-00T12:00:00Z",
        "2021-06-16T24:00:00Z", "2021-06-16T12:60:00Z", "2021-06-16T12:00:61Z", "2021-06-16T12:00:00.Z",
        "2021-06-16T12:00:00+2:00", "2021-06-16T12:00:00+02:60", "2021-06-16T12:00:00*02:00", "2021-06-16T12:00:00ZZ",
        "+021-06-16T12:00:00Z", "２021-06-16T12:00:00Z", "2021-06-16 12:00:00Z",
        "2021-06-16T12:00:00.\(String(repeating: "1", count: 99))Z",
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

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
            (-2_203_891_200_000_000, "1900-03-01T00:00:00.000Z"), (4_107_542_399_999_999, "2100-02-28T23:59:59.999Z"),
            (253_402_300_799_999_000, "9999-12-31T23:59:59.999Z"), (-62_167_219_200_000_000, "0000-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func `the calendar's corners are written and read`(microseconds: Int64, text: String) {
        #expect(UTCInstant(microseconds: microseconds).text == text)
        #expect(UTCInstant(text)?.microseconds == microseconds - ((microseconds % 1000) + 1000) % 1000)
    }

    @Test func `the calendar is Foundation's, day by day over four hundred years`() throws {
        let style = Date.ISO8601FormatStyle()
        for day in Int64(-100_000)...50_000 {
            let instant = UTCInstant(microseconds: day * 86_400_000_000)
            try #require(instant.text == instant.date.formatted(style).dropLast() + ".000Z")
            try #require(UTCInstant(instant.text) == instant)
        }
    }

    @Test func `a leap second is the first of the next minute`() {
        #expect(UTCInstant("2016-12-31T23:59:60Z") == UTCInstant("2017-01-01T00:00:00Z"))
    }

    @Test func `durations count whole microseconds, saturating`() {
        #expect(Duration.nanoseconds(1999).microseconds == 1)
        #expect(Duration.milliseconds(-5).microseconds == -5000)
        #expect(Duration.seconds(Int64.max).microseconds == .max)
        #expect(Duration.seconds(Int64.min).microseconds == .min)
        #expect(Duration.milliseconds(250).inSeconds == 0.25)
    }
}
