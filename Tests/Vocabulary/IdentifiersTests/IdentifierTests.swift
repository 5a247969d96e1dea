import FoundationEssentials
import Identifiers
import Testing
import Time

@Suite struct IdentifierTests {
    /// All bits one, and all bits zero.
    struct Constant: RandomNumberGenerator {
        let value: UInt64
        mutating func next() -> UInt64 { value }
    }

    /// The instant of RFC 9562's example of a UUIDv7 (appendix A.6): 2022-02-22T14:22:22.00-05:00.
    static let example = UTCInstant(microseconds: 0x017F_22E2_79B0 * 1000)

    @Test func `an identifier is a prefix and a UUIDv7`() {
        var ones = Constant(value: .max)
        var zeros = Constant(value: 0)
        #expect(SessionID(at: Self.example, using: &ones).description == "session_017f22e2-79b0-7fff-bfff-ffffffffffff")
        #expect(RoomID(at: Self.example, using: &zeros).description == "room_017f22e2-79b0-7000-8000-000000000000")
        #expect(RoomID(at: Self.example, using: &zeros).uuid == "017f22e2-79b0-7000-8000-000000000000")
    }

    @Test func `later ones sort after earlier ones, as values and as texts`() {
        let identifiers = (0..<200).map { PersonID(at: Self.example.advanced(by: .milliseconds($0 * 7))) }
        #expect(identifiers.sorted() == identifiers)
        #expect(identifiers.map(\.description).sorted() == identifiers.map(\.description))
    }

    @Test func `two of one instant are different`() {
        #expect(Set((0..<1000).map { _ in FeedID(at: Self.example) }).count == 1000)
    }

    @Test(arguments: [Int64.min, -1, 0, .max])
    func `an instant outside the UUID's range still makes an identifier`(microseconds: Int64) {
        let identifier = TokenID(at: UTCInstant(microseconds: microseconds))
        #expect(TokenID(identifier.description) == identifier)
    }

    @Test func `it is read back from its text and from JSON`() throws {
        let identifier = RecordingID(at: Self.example)
        #expect(RecordingID(identifier.description) == identifier)
        let data = try JSONEncoder().encode([identifier])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(identifier)\"]")
        #expect(try JSONDecoder().decode([RecordingID].self, from: data) == [identifier])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([RoomID].self, from: data) }
    }

    @Test(arguments: [
        "", "session", "session_", "017f22e2-79b0-7fff-bfff-ffffffffffff", "room_017f22e2-79b0-7fff-bfff-ffffffffffff",
        "session_017F22E2-79B0-7FFF-BFFF-FFFFFFFFFFFF", "session_017f22e279b07fffbfffffffffffffff",
        "session_{17f22e2-79b0-7fff-bfff-fffffffffff}", "session_017f22e2-79b0-7fff-bfff-fffffffffff",
        "session_017f22e2-79b0-7fff-bfff-ffffffffffff0", " session_017f22e2-79b0-7fff-bfff-ffffffffffff",
        "session_017f22e2-79b0-7fff-bfff-ffffffffffff\n", "session_+17f22e2-79b0-7fff-bfff-ffffffffffff",
        "session_-17f22e2-79b0-7fff-bfff-ffffffffffff", "session_017f22e2-79b0-7fff-bfff-fffffffffffg",
        "session_０17f22e2-79b0-7fff-bfff-fffffffffff", "session_------------------------------------",
        "session_017f22e2-79b0-7fff-bfff-ffffffffffff/../../etc", "Session_017f22e2-79b0-7fff-bfff-ffffffffffff",
        "session_017f22e2\u{2D}79b0-7fff-bfff-fffffffffff\u{0}",
    ])
    func `any other text is refused`(text: String) {
        #expect(SessionID(text) == nil)
    }
}
