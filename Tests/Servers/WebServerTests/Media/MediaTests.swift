import HTTPTypes
import Identifiers
import NIOCore
import Packaging
import Programme
import Registration
import Testing

@testable import Rooms
@testable import WebServer

@Suite struct MediaTests {
    /// The headers with which an admitted member asks for media.
    private func pass(_ conference: TestConference) async throws -> HTTPFields {
        let admission = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        return [.cookie: "\(CookieName.pass(to: conference.live.id, secure: false))=\(admission.token)"]
    }

    @Test(arguments: ["index.m3u8", "picture/index.m3u8", "picture/0.m4s", "picture/0.0.m4s"])
    func `without a pass there is no media`(name: String) async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<4)
        let answer = try await conference.ask(.get, "\(conference.media)/\(name)")
        #expect(answer.status == .forbidden)
        #expect(answer.problem == "pass-needed")
        #expect(answer.headers[.cacheControl] == "no-store")
    }

    @Test func `a pass opens the playlists and what they name`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<4)
        let pass = try await pass(conference)
        let multivariant = try await conference.ask(.get, "\(conference.media)/index.m3u8", pass)
        #expect(multivariant.status == .ok)
        #expect(multivariant.text.contains("picture/index.m3u8"))
        let playlist = try await conference.ask(.get, "\(conference.media)/picture/index.m3u8", pass)
        #expect(playlist.headers[.contentType] == "application/vnd.apple.mpegurl")
        #expect(playlist.headers[.cacheControl] == "private, no-cache")
        let part = try await conference.ask(.get, "\(conference.media)/picture/3.1.m4s", pass)
        #expect(part.text == "part 3.1")
        #expect(part.headers[.cacheControl] == "public, max-age=3600, immutable")
        let segment = try await conference.ask(.get, "\(conference.media)/picture/2.m4s", pass)
        #expect(segment.text == "part 2.0part 2.1part 2.2part 2.3")
    }

    @Test func `the pass may stand in the path for another host`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<2)
        let token = try await conference.hub.rooms.admit(conference.member, to: conference.live.id).token
        #expect(try await conference.ask(.get, "/~\(token)\(conference.media)/index.m3u8").status == .ok)
        #expect(try await conference.ask(.get, "/~\(token)x\(conference.media)/index.m3u8").status == .forbidden)
        #expect(try await conference.ask(.get, "/~\(conference.media)/index.m3u8").status == .forbidden)
    }

    @Test func `a pass opens no other session`() async throws {
        let conference = try await TestConference()
        let admission = try await conference.hub.rooms.admit(conference.member, to: conference.near.id)
        let headers: HTTPFields = [.cookie: "pass_\(conference.live.id.uuid)=\(admission.token)"]
        #expect(try await conference.ask(.get, "\(conference.media)/index.m3u8", headers).status == .forbidden)
    }

    @Test func `a removed participant gets no byte on any path`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<4)
        let pass = try await pass(conference)
        try await conference.removeMember()
        for name in ["index.m3u8", "picture/index.m3u8", "picture/0.m4s", "picture/3.0.m4s", "picture/4.0.m4s"] {
            #expect(try await conference.ask(.get, "\(conference.media)/\(name)", pass).status == .forbidden)
        }
        let admission = try await conference.ask(
            .post, "/api/v1/sessions/\(conference.live.id)/admission",
            TestConference.writing(as: try await conference.signIn(conference.member)))
        #expect(admission.problem == "removed")
        #expect(try admission.json["reason"] as? String == "Noise")
    }

    @Test func `who is removed while waiting for a part gets none`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        async let waiting = conference.ask(.get, "\(conference.media)/picture/3.0.m4s", pass)
        async let playlist = conference.ask(.get, "\(conference.media)/picture/index.m3u8?_HLS_msn=3&_HLS_part=0", pass)
        try await eventually { conference.output.waiting == 2 }
        try await conference.removeMember()
        conference.broadcast(segments: 3..<4)
        #expect(try await waiting.status == .forbidden)
        #expect(try await playlist.status == .forbidden)
    }

    @Test func `a hinted part is answered whole once it is there`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        async let waiting = conference.ask(.get, "\(conference.media)/picture/3.0.m4s", pass)
        try await eventually { conference.output.waiting == 1 }
        conference.broadcast(segments: 3..<4)
        let answer = try await waiting
        #expect(answer.status == .ok)
        #expect(answer.text == "part 3.0")
    }

    @Test(arguments: ["_HLS_part=1", "_HLS_msn=99", "_HLS_msn=x", "_HLS_msn=-1", "_HLS_msn=99999999999999999999"])
    func `HLS-9 a mistaken request for a playlist is a bad one`(query: String) async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let answer = try await conference.ask(.get, "\(conference.media)/picture/index.m3u8?\(query)", try await pass(conference))
        #expect(answer.status == .badRequest)
        #expect(answer.problem == "invalid-request")
    }

    @Test func `a playlist is packed for who takes it so`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        var headers = try await pass(conference)
        headers[.acceptEncoding] = "br, gzip;q=0.8"
        let packed = try await conference.ask(.get, "\(conference.media)/picture/index.m3u8", headers)
        #expect(packed.headers[.contentEncoding] == "gzip")
        #expect(packed.body.readableBytesView.starts(with: [0x1F, 0x8B]))
        headers[.acceptEncoding] = "gzip;q=0, *"
        let plain = try await conference.ask(.get, "\(conference.media)/picture/index.m3u8", headers)
        #expect(plain.headers[.contentEncoding] == nil)
        #expect(plain.text.hasPrefix("#EXTM3U"))
    }

    @Test func `HLS-19 what a player was told for certain may be kept, and nothing else`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        let kept = { (name: String) in
            try await conference.ask(.get, "\(conference.media)/picture/\(name)", pass).headers[.cacheControl]
        }
        #expect(try await kept("index.m3u8") == "private, no-cache")
        #expect(try await kept("index.m3u8?_HLS_msn=2&_HLS_part=0") == "public, max-age=24")
        #expect(try await kept("2.m4s") == "public, max-age=3600, immutable")
        #expect(try await kept("9.m4s") == "no-store")
    }

    @Test(arguments: ["picture/index.m3u8", "picture/1.2.m4s", "index.m3u8"])
    func `what a client holds already is not sent again`(name: String) async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        var headers = try await pass(conference)
        let first = try await conference.ask(.get, "\(conference.media)/\(name)", headers)
        headers[.ifNoneMatch] = first.headers[.eTag]
        #expect(headers[.ifNoneMatch] != nil)
        let second = try await conference.ask(.get, "\(conference.media)/\(name)", headers)
        #expect(second.status == .notModified)
        #expect(second.body.readableBytes == 0)
        conference.broadcast(segments: 3..<4)
        let third = try await conference.ask(.get, "\(conference.media)/\(name)", headers)
        #expect(third.status == (name.hasSuffix("picture/index.m3u8") ? .ok : .notModified))
    }

    @Test(arguments: [("bytes=5-", "3.1", 206), ("bytes=-3", "3.1", 206), ("bytes=9-", "", 416), ("bytes=x", "part 3.1", 200)])
    func `HLS-19 a range of a file is given`(range: String, text: String, status: Int) async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<4)
        var headers = try await pass(conference)
        headers[.range] = range
        let answer = try await conference.ask(.get, "\(conference.media)/picture/3.1.m4s", headers)
        #expect(answer.status.code == status)
        if status < 300 { #expect(answer.text == text) }
        if status != 200 { #expect(answer.headers[.contentRange]?.hasSuffix("/8") == true) }
    }

    @Test func `API-7 media are for pages of the origins that were named`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        var configuration = HTTPService.Configuration()
        configuration.allowedOrigins = ["https://player.example"]
        let token = try await conference.hub.rooms.admit(conference.member, to: conference.live.id).token
        let ask = { (method: HTTPRequest.Method, path: String, origin: String) in
            try await conference.ask(method, path, [.origin: origin], configuration).headers
        }
        let playlist = "/~\(token)\(conference.media)/picture/index.m3u8"
        let allowed = try await ask(.get, playlist, "https://player.example")
        #expect(allowed[.accessControlAllowOrigin] == "https://player.example")
        #expect(allowed[.vary] == "Accept-Encoding, Origin")
        #expect(try await ask(.get, playlist, "https://other.example")[.accessControlAllowOrigin] == nil)
        let refused = try await ask(.get, "/~x\(conference.media)/index.m3u8", "https://player.example")
        #expect(refused[.accessControlAllowOrigin] != nil)
        #expect(try await ask(.get, "/api/v1/conferences", "https://player.example")[.accessControlAllowOrigin] == nil)
        let preflight = try await ask(.options, playlist, "https://player.example")
        #expect(preflight[.accessControlAllowMethods] == "GET, HEAD")
        #expect(preflight[.accessControlAllowOrigin] == "https://player.example")
    }

    @Test func `HEAD tells the length and sends nothing`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let answer = try await conference.ask(.head, "\(conference.media)/picture/0.0.m4s", try await pass(conference))
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentLength] == "8")
        #expect(answer.body.readableBytes == 0)
    }

    @Test func `an address of no epoch or track is not found`() async throws {
        let conference = try await TestConference()
        conference.broadcast(segments: 0..<3)
        let pass = try await pass(conference)
        let session = conference.live.id
        let paths = [
            "\(session)/2/index.m3u8", "\(session)/x/index.m3u8", "\(session)/1/smell/index.m3u8", "\(session)/1/picture/x",
        ]
        for path in paths + ["x/1/index.m3u8"] {
            #expect(try await conference.ask(.get, "/media/\(path)", pass).status == .notFound)
        }
    }
}
