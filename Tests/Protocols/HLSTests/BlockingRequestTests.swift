import HLS
import Testing
import Time

@Suite struct `a request for a playlist` {
    @Test func `HLS-8 waits for a segment until it is complete`() throws {
        let request = try BlockingRequest(sequenceNumber: "12", part: nil)
        #expect(playlist(complete: 11, open: 12, parts: 3).decide(request) == .wait)
        #expect(playlist(complete: 12).decide(request) == .answer)
        #expect(playlist(complete: 12, open: 13, parts: 1).decide(request) == .answer)
    }

    @Test func `HLS-8 waits for a part until it is there`() throws {
        let request = try BlockingRequest(sequenceNumber: "12", part: "2")
        #expect(playlist(complete: 11, open: 12, parts: 2).decide(request) == .wait)
        #expect(playlist(complete: 11, open: 12, parts: 3).decide(request) == .answer)
    }

    @Test func `HLS-8 takes a part beyond the end of a segment for the first of the next`() throws {
        let request = try BlockingRequest(sequenceNumber: "12", part: "4")
        #expect(playlist(complete: 12).decide(request) == .wait)
        #expect(playlist(complete: 12, open: 13, parts: 1).decide(request) == .answer)
    }

    @Test func `HLS-9 a part without a sequence number is a bad request`() {
        #expect(throws: BadPlaylistRequest.self) { try BlockingRequest(sequenceNumber: nil, part: "1") }
    }

    @Test(arguments: ["", "-1", "+1", "1.0", "0x10", "twelve", "012", "99999999999999999999", "١٢"])
    func `HLS-9 what is no decimal number is a bad request`(text: String) {
        #expect(throws: BadPlaylistRequest.self) { try BlockingRequest(sequenceNumber: text, part: nil) }
        #expect(throws: BadPlaylistRequest.self) { try BlockingRequest(sequenceNumber: "1", part: text) }
    }

    @Test(arguments: [("14", nil, true), ("15", nil, false), ("9223372036854775807", nil, false)] as [(String, String?, Bool)])
    func `HLS-9 a segment more than two beyond the last is a bad request`(number: String, part: String?, isAllowed: Bool) throws {
        let decision = playlist(complete: 11, open: 12, parts: 1).decide(try BlockingRequest(sequenceNumber: number, part: part))
        #expect((decision == .wait) == isAllowed)
    }

    @Test(arguments: [("7", true), ("8", false), ("9223372036854775807", false)])
    func `HLS-9 a part more than three seconds beyond the last is a bad request`(part: String, isAllowed: Bool) throws {
        let decision = playlist(complete: 11, open: 12, parts: 2).decide(try BlockingRequest(sequenceNumber: "12", part: part))
        #expect((decision == .wait) == isAllowed)
    }

    @Test func `HLS-9 nothing is waited for when the playlist has ended`() throws {
        var ended = playlist(complete: 12)
        ended.isEnded = true
        #expect(ended.decide(try BlockingRequest(sequenceNumber: "40", part: "9")) == .answer)
    }

    @Test func `takes the playlist as it is when it asks for nothing`() throws {
        #expect(playlist(complete: 12).decide(try BlockingRequest(sequenceNumber: nil, part: nil)) == .answer)
    }

    /// Segments up to `complete` of four parts each, and one that is open.
    private func playlist(complete: Int64, open: Int64? = nil, parts: Int = 0) -> MediaPlaylist {
        var segments = (complete - 5...complete).map { MediaPlaylist.Segment.example($0, parts: 4, isComplete: true) }
        if let open { segments.append(.example(open, parts: parts, isComplete: false)) }
        return .example(segments)
    }
}
