import Foundation
import HTTPTypes
import Identifiers
import Media
import Programme
import Registration
import Streams
import Testing

@testable import Rooms
@testable import WebServer

@Suite struct WHEPTests {
    private static let fragment = """
        a=ice-ufrag:again
        a=ice-pwd:a password of 24 letters
        m=video 9 UDP/TLS/RTP/SAVPF 0
        a=mid:0

        """

    /// What Chromium offered when it was recorded.
    private static let offer = Result {
        let folder = #filePath.split(separator: "/").dropLast(5).joined(separator: "/")
        return try String(contentsOfFile: "/\(folder)/Fuzz/Corpus/SDP/chromium-156-watch.sdp", encoding: .utf8)
    }

    /// A conference whose live session has a picture, and the headers with which a member offers to watch it.
    private func conference(reorders: Bool = false) async throws -> (TestConference, HTTPFields) {
        let conference = try await TestConference()
        conference.publish(reorders: reorders)
        let admission = try await conference.hub.rooms.admit(conference.member, to: conference.live.id)
        return (conference, [.authorization: "Bearer \(admission.token)", .contentType: "application/sdp"])
    }

    private func watch(_ conference: TestConference, _ headers: HTTPFields, _ offer: String? = nil) async throws -> Answer {
        let body = try offer ?? Self.offer.get()
        return try await conference.ask(.post, "/whep/\(conference.live.id)", headers, body: body)
    }

    /// The path of the viewer that was made.
    private func path(_ answer: Answer) throws -> String {
        let location = try #require(answer.headers[.location])
        return "/whep" + (try #require(location.components(separatedBy: "/whep").last))
    }

    private func trickling(_ tag: String?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "application/trickle-ice-sdpfrag"]
        headers[.ifMatch] = tag
        return headers
    }

    @Test func `WHEP-1 an offer is answered with one that sends, and with the address of a viewer`() async throws {
        let (conference, headers) = try await conference()
        let answer = try await watch(conference, headers)
        #expect(answer.status == .created)
        #expect(answer.headers[.contentType] == "application/sdp")
        #expect(answer.headers[.location]?.hasPrefix("http://") == true)
        #expect(answer.headers[.eTag]?.hasPrefix("\"") == true)
        #expect(answer.text.contains("a=sendonly") && answer.text.contains("a=ice-lite"))
        let viewer = try path(answer)
        #expect(viewer.split(separator: "/").last?.count == 32)
        #expect(try await conference.ask(.get, viewer).status == .noContent)
    }

    @Test func `WHEP-5 a viewer that is deleted is there no more (WHIP-6)`() async throws {
        let (conference, headers) = try await conference()
        let viewer = try path(try await watch(conference, headers))
        #expect(try await conference.ask(.delete, viewer).status == .ok)
        #expect(try await conference.ask(.delete, viewer).status == .notFound)
    }

    @Test func `WHEP-3 while nothing is live a viewer is told when to ask again`() async throws {
        let (conference, headers) = try await conference()
        conference.hub.feeds.end(in: conference.room.id, PublishRefusal(.unavailable, "over"))
        let answer = try await watch(conference, headers)
        #expect(answer.status == .conflict)
        #expect(answer.problem == "not-live")
        #expect(answer.headers[.retryAfter] == "2")
    }

    @Test func `a picture with B-frames is refused with the reason`() async throws {
        let (conference, headers) = try await conference(reorders: true)
        #expect(try await watch(conference, headers).problem == "picture-reorders")
    }

    @Test func `WHIP-19 a pass is needed, or a sign-in`() async throws {
        let (conference, headers) = try await conference()
        var strange = headers
        strange[.authorization] = "Bearer nobody"
        let refused = try await watch(conference, strange)
        #expect(refused.status == .unauthorized)
        #expect(refused.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
        strange[.authorization] = nil
        let anonymous = try await watch(conference, strange)
        #expect(anonymous.status == .unauthorized)
        #expect(anonymous.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        let cookie = try await conference.signIn(conference.member)
        var signedIn = TestConference.writing(as: cookie)
        signedIn[.contentType] = "application/sdp"
        #expect(try await watch(conference, signedIn).status == .created)
        signedIn[.secFetchSite] = "cross-site"
        #expect(try await watch(conference, signedIn).problem == "cross-site-request")
    }

    @Test func `a pass to another session opens nothing`() async throws {
        let (conference, _) = try await conference()
        let other = try await conference.hub.rooms.admit(conference.member, to: conference.near.id)
        let headers: HTTPFields = [.authorization: "Bearer \(other.token)", .contentType: "application/sdp"]
        #expect(try await watch(conference, headers).status == .unauthorized)
    }

    @Test func `WHIP-2 what is no offer is refused`() async throws {
        var (conference, headers) = try await conference()
        #expect(try await watch(conference, headers, "v=0\r\n").status == .badRequest)
        headers[.contentType] = "application/json"
        #expect(try await watch(conference, headers).status == .unsupportedMediaType)
    }

    @Test func `WHEP-2 an offer to send is refused`() async throws {
        let (conference, headers) = try await conference()
        let sending = try Self.offer.get().replacing("a=recvonly", with: "a=sendonly")
        #expect(try await watch(conference, headers, sending).problem == "offer-unacceptable")
    }

    @Test func `a client without the codec is told so`() async throws {
        let (conference, headers) = try await conference()
        let answer = try await watch(conference, headers, try Self.offer.get().replacing("H264/90000", with: "H26X/90000"))
        #expect(answer.status == .notAcceptable)
        #expect(answer.problem == "no-common-codec")
    }

    @Test func `WHIP-9 a change needs the entity tag that is in force`() async throws {
        let (conference, headers) = try await conference()
        let made = try await watch(conference, headers)
        let viewer = try path(made)
        #expect(try await conference.ask(.patch, viewer, trickling(nil), body: Self.fragment).status == .preconditionRequired)
        #expect(try await conference.ask(.patch, viewer, trickling("\"x\""), body: Self.fragment).status == .preconditionFailed)
        let wrong = try await conference.ask(
            .patch, viewer, [.contentType: "application/sdp", .ifMatch: "*"], body: Self.fragment)
        #expect(wrong.status == .unsupportedMediaType)
    }

    @Test func `WHIP-10 candidates that trickle in are taken without a word`() async throws {
        let (conference, headers) = try await conference()
        let made = try await watch(conference, headers)
        let candidate = "a=candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active\r\na=end-of-candidates\r\n"
        let fragment = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n" + candidate
        let answer = try await conference.ask(.patch, try path(made), trickling(made.headers[.eTag]), body: fragment)
        #expect(answer.status == .noContent)
        #expect(answer.headers[.eTag] == nil)
    }

    @Test func `WHIP-11 new credentials restart ICE under a new entity tag`() async throws {
        let (conference, headers) = try await conference()
        let made = try await watch(conference, headers)
        let answer = try await conference.ask(.patch, try path(made), trickling("*"), body: Self.fragment)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/trickle-ice-sdpfrag")
        #expect(answer.headers[.eTag] != made.headers[.eTag])
        #expect(answer.text.hasPrefix("a=ice-lite\r\n") && answer.text.contains("a=ice-pwd:"))
        let stale = try await conference.ask(.patch, try path(made), trickling(made.headers[.eTag]), body: Self.fragment)
        #expect(stale.status == .preconditionFailed)
    }

    @Test func `WHIP-5 pages of the origins that the operator names may ask, and no others`() async throws {
        let (conference, _) = try await conference()
        var configuration = HTTPService.Configuration()
        configuration.allowedOrigins = ["https://player.example.org"]
        for (origin, allowed) in [("https://player.example.org", true), ("https://elsewhere.example.org", false)] {
            let answer = try await conference.ask(
                .options, "/whep/\(conference.live.id)", [.origin: origin], configuration)
            #expect(answer.status == .noContent)
            #expect(answer.headers[.acceptPost] == "application/sdp")
            #expect((answer.headers[.accessControlAllowOrigin] == origin) == allowed)
        }
    }

    @Test func `WHEP-4 the address of a session says what it takes`() async throws {
        let (conference, _) = try await conference()
        let answer = try await conference.ask(.head, "/whep/\(conference.live.id)")
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/sdp")
    }

    @Test func `who is removed watches no more (M-2)`() async throws {
        let (conference, headers) = try await conference()
        let viewer = try path(try await watch(conference, headers))
        try await conference.removeMember()
        #expect(try await conference.ask(.get, viewer).status == .notFound)
        #expect(try await watch(conference, headers).status == .unauthorized)
    }
}

extension TestConference {
    /// A desk publishes in the room: a picture whose format is known.
    fileprivate func publish(reorders: Bool) {
        let key = StreamKeyID(at: clock.now())
        let publication = try? hub.feeds.publish(to: room.id, with: key, way: .rtmp, remoteAddress: "127.0.0.1")
        let format = PictureFormat(
            codec: .h264, codecs: "avc1.4d401f", width: 1280, height: 720, configuration: [1], reorders: reorders)
        publication?.declare(.picture(format))
    }
}
