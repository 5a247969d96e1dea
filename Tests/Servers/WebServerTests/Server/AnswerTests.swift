import Archive
import HTTPTypes
import Identifiers
import Programme
import Store
import Testing
import Time

@testable import WebServer

@Suite struct AnswerTests {
    @Test func `every answer may load nothing and stand in no frame unless it is a page`() async throws {
        let conference = try await TestConference()
        for path in ["/healthz", "/api/v1/conferences", "/api/v1/nothing", "\(conference.media)/index.m3u8"] {
            let headers = try await conference.ask(.get, path).headers
            #expect(headers[.xContentTypeOptions] == "nosniff")
            #expect(headers[.contentSecurityPolicy] == "default-src 'none'; frame-ancestors 'none'")
            #expect(headers[.referrerPolicy] == "same-origin")
            #expect(headers[.requestID] != nil)
            #expect(headers[.strictTransportSecurity] == nil)
        }
        let page = try await conference.ask(.get, "/", [.accept: "text/html"])
        #expect(page.headers[.contentSecurityPolicy] == PageHeaders.contentSecurityPolicy)
    }

    @Test func `under TLS browsers are told to stay with it`() async throws {
        var configuration = HTTPService.Configuration()
        configuration.tls = TLSFiles(certificate: "certificate.pem", key: "key.pem")
        let answer = try await TestConference().ask(.get, "/healthz", [:], configuration)
        #expect(answer.headers[.strictTransportSecurity] == "max-age=63072000")
    }

    @Test func `what is not there is a problem for programs and a page for people`() async throws {
        let conference = try await TestConference()
        let problem = try await conference.ask(.get, "/api/v1/nothing", [.accept: "text/html"])
        #expect(problem.status == .notFound)
        #expect(problem.problem == "not-found")
        #expect(try problem.json["type"] as? String == "/problems/not-found")
        #expect(try problem.json["status"] as? Int == 404)
        let page = try await conference.ask(.get, "/nothing/here", [.accept: "text/html"])
        #expect(page.status == .notFound)
        #expect(page.headers[.contentType] == "text/html; charset=utf-8")
    }

    @Test func `a method that an address does not take is told which it takes`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.put, "/api/v1/conferences")
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.headers[.allow] == "GET, HEAD")
    }

    @Test func `every kind of problem is explained at its address`() async throws {
        let conference = try await TestConference()
        for kind in ProblemKind.allCases {
            let answer = try await conference.ask(.get, kind.type)
            #expect(answer.status == .ok)
            #expect(answer.text.hasPrefix(kind.title))
        }
    }

    @Test(arguments: [
        "/", "/wepc-2021", "/wepc-2021/programme", "/wepc-2021/programme?audience=members&day=2021-06-16", "/sign-in",
        "/licences", "/api", "/api?lang=fr",
        "/?lang=fr", "/?lang=xx&theme=dark",
    ])
    func `the public pages are there for everybody`(path: String) async throws {
        let answer = try await TestConference().ask(.get, path, [.accept: "text/html"])
        #expect(answer.status == .ok)
        #expect(answer.text.contains("</html>"))
    }

    @Test func `the pages of a session follow who reads them`() async throws {
        let conference = try await TestConference()
        let member = TestConference.reading(as: try await conference.signIn(conference.member))
        let moderator = TestConference.reading(as: try await conference.signIn(conference.moderator))
        #expect(try await conference.ask(.get, "/sessions/\(conference.live.id)").status == .ok)
        #expect(try await conference.ask(.get, "/sessions/\(conference.live.id)/live").status == .unauthorized)
        #expect(try await conference.ask(.get, "/sessions/\(conference.live.id)/live", member).status == .ok)
        #expect(try await conference.ask(.get, "/sessions/\(conference.near.id)/live", member).status == .forbidden)
        #expect(try await conference.ask(.get, "/rooms/\(conference.room.id)/moderate", member).status == .forbidden)
        #expect(try await conference.ask(.get, "/rooms/\(conference.room.id)/moderate", moderator).status == .ok)
        #expect(try await conference.ask(.get, "/me", member).status == .ok)
    }

    @Test func `the archive shows what was kept to archivists`() async throws {
        let conference = try await TestConference()
        let recording = try await conference.archive([1, 2, 3])
        let archivist = TestConference.reading(as: try await conference.signIn(conference.archivist))
        let list = try await conference.ask(.get, "/wepc-2021/archive?q=open+&day=2021-06-16", archivist)
        #expect(list.status == .ok)
        #expect(list.text.contains(recording.id.description))
        #expect(
            try await conference.ask(.get, "/wepc-2021/archive?q=zzz", archivist).text.contains(recording.id.description) == false
        )
        let page = try await conference.ask(.get, "/recordings/\(recording.id)", archivist)
        #expect(page.text.contains("/api/v1/recordings/\(recording.id)/files/recording.mp4"))
        let member = TestConference.reading(as: try await conference.signIn(conference.member))
        #expect(try await conference.ask(.get, "/wepc-2021/archive", member).status == .forbidden)
    }

    @Test func `a recording with a hole is not called whole`() async throws {
        let conference = try await TestConference()
        let archivist = TestConference.reading(as: try await conference.signIn(conference.archivist))
        var recording = try await conference.archive([1, 2, 3])
        let path = "/recordings/\(recording.id)"
        #expect(try await conference.ask(.get, path, archivist).text.contains("Nothing is missing."))
        recording.gaps = [
            RecordingGap(at: recording.startedAt.advanced(by: .seconds(70)), seconds: 10, cause: .source),
            RecordingGap(at: recording.startedAt.advanced(by: .seconds(80)), seconds: 4, cause: .paused),
            RecordingGap(at: recording.startedAt.advanced(by: .seconds(90)), seconds: 2, cause: .loss),
        ]
        try await conference.store.save(recording)
        let page = try await conference.ask(.get, path, archivist).text
        #expect(!page.contains("Nothing is missing."))
        #expect(page.contains("At 1 min 10 s: the production desk sent nothing for 10 s."))
        #expect(page.contains("At 1 min 20 s: the recording was paused for 4 s."))
        #expect(page.contains("up to 2 s could not be kept"))
    }

    @Test func `a choice of language is kept`() async throws {
        let conference = try await TestConference()
        let french = try await conference.ask(.get, "/?lang=fr", [.accept: "text/html"])
        #expect(french.text.contains("lang=\"fr\""))
        let cookie = try #require(french.headers[.setCookie]?.split(separator: ";").first)
        #expect(
            try await conference.ask(.get, "/", [.accept: "text/html", .cookie: String(cookie)]).text.contains("lang=\"fr\""))
        #expect(try await conference.ask(.get, "/", [.accept: "text/html", .acceptLanguage: "fr"]).text.contains("lang=\"fr\""))
    }

    @Test(arguments: [
        "/%", "/%00", "/..", "/../../etc/passwd", "/?%", "/?&&==", "/assets/../../x", "/assets/x", "/~", "/~x",
        "/sessions/%F0%28",
        "/sessions/session_", "/problems/x", "/" + String(repeating: "a/", count: 2000),
        "/sign-in?link=" + String(repeating: "x", count: 5000),
        "/sign-in?link=%", "/me?lang=", "/wepc-2021/programme?day=&audience=", "/?lang[]=fr", "*", "http://", "",
    ])
    func `no address brings the server down`(path: String) async throws {
        let answer = try await TestConference().ask(.get, path, [.accept: "text/html"])
        #expect((200..<500).contains(answer.status.code))
    }

    @Test func `hostile headers are no more than nothing`() async throws {
        let conference = try await TestConference()
        let long = String(repeating: "x,", count: 4000)
        let headers: HTTPFields = [
            .cookie: "=;;signin;signin=;pass_=\u{7F};" + long, .acceptLanguage: long, .acceptEncoding: long, .range: long,
            .ifNoneMatch: long, .lastEventID: "-99999999999999999999", .accept: "*/*", .forwardedProto: "https",
        ]
        for path in ["/", "/api/v1/conferences", "\(conference.media)/index.m3u8", "/api/v1/sessions/\(conference.live.id)"] {
            let answer = try await conference.ask(.get, path, headers)
            #expect((200..<500).contains(answer.status.code))
            #expect(answer.headers[.strictTransportSecurity] == nil)
        }
    }
}
