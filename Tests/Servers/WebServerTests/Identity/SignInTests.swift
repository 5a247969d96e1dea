import Access
import HTTPTypes
import NIOCore
import Registration
import Testing

@testable import WebServer

/// P-1
@Suite struct SignInTests {
    private let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .secFetchSite: "same-origin"]

    @Test func `looking at a link uses nothing up and its button does`() async throws {
        let conference = try await TestConference()
        let link = try await conference.hub.signIns.makeLink(for: conference.member.person)
        for _ in 0..<2 {
            let page = try await conference.ask(.get, "/sign-in?link=\(link.text)")
            #expect(page.status == .ok)
            #expect(page.text.contains("Amina"))
        }
        let done = try await conference.ask(.post, "/sign-in", form, body: "token=\(link.text)&next=/wepc-2021")
        #expect(done.status == .seeOther)
        #expect(done.headers[.location] == "/wepc-2021")
        #expect(try await conference.ask(.get, "/sign-in?link=\(link.text)").status == .gone)
        #expect(try await conference.ask(.post, "/sign-in", form, body: "token=\(link.text)").status == .gone)
    }

    @Test func `the cookie is out of reach of scripts and other sites`() async throws {
        let conference = try await TestConference()
        let cookie = try await cookie(of: conference, over: .init())
        let parts = Set(cookie.split(separator: ";").map { $0.drop { $0 == " " } })
        #expect(cookie.hasPrefix("signin=hc_signin_"))
        #expect(parts.isSuperset(of: ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"]))
        #expect(!parts.contains("Secure"))
    }

    @Test func `under TLS the cookie is bound to this host`() async throws {
        let conference = try await TestConference()
        var configuration = HTTPService.Configuration()
        configuration.tls = TLSFiles(certificate: "certificate.pem", key: "key.pem")
        let cookie = try await cookie(of: conference, over: configuration)
        #expect(cookie.hasPrefix("__Host-signin="))
        #expect(cookie.contains("; Secure"))
        #expect(!cookie.lowercased().contains("domain"))
    }

    private func cookie(of conference: TestConference, over configuration: HTTPService.Configuration) async throws -> String {
        let link = try await conference.hub.signIns.makeLink(for: conference.member.person)
        let done = try await conference.ask(.post, "/sign-in", form, body: "token=\(link.text)", configuration)
        return try #require(done.headers[.setCookie])
    }

    @Test func `who asks for a link learns nothing of whether the address is known`() async throws {
        let conference = try await TestConference()
        var answers: [(String?, String?)] = []
        for mail in [conference.member.mail.text, "nobody@example.org"] {
            let answer = try await conference.ask(.post, "/sign-in/link", form, body: "mail=\(mail)&next=/wepc-2021")
            #expect(answer.status == .seeOther)
            answers.append((answer.headers[.location], answer.headers[.setCookie]))
        }
        #expect(answers[0] == answers[1])
        let page = try await conference.ask(.get, answers[0].0 ?? "")
        #expect(page.status == .ok && page.text.contains("Check your mail"))
    }

    @Test func `links for one address are limited, known or not, and the answer says how long to wait`() async throws {
        let conference = try await TestConference()
        let office = conference.hub.links
        let mail = try #require(MailAddress("nobody@example.org"))
        let now = NIODeadline.now()
        for _ in 0..<3 { try await office.send(to: mail, in: .french, next: nil, for: "192.0.2.1", now: now) }
        let problem = await #expect(throws: Problem.self) {
            try await office.send(to: mail, in: .french, next: nil, for: "192.0.2.2", now: now)
        }
        #expect(problem?.kind == .tooManyRequests)
        #expect(problem?.headers[.retryAfter] == "300")
        try await office.send(to: mail, in: .french, next: nil, for: "192.0.2.2", now: now + .seconds(301))
    }

    @Test func `links from one network are limited, by the first 64 bits of IPv6`() async throws {
        let conference = try await TestConference()
        let now = NIODeadline.now()
        for number in 0..<100 {
            let mail = try #require(MailAddress("nobody\(number)@example.org"))
            try await conference.hub.links.send(to: mail, in: .english, next: nil, for: "2001:db8::\(number)", now: now)
        }
        let mail = try #require(MailAddress("somebody@example.org"))
        await #expect(throws: Problem.self) {
            try await conference.hub.links.send(to: mail, in: .english, next: nil, for: "2001:db8::ffff", now: now)
        }
        try await conference.hub.links.send(to: mail, in: .english, next: nil, for: "2001:db8:1::1", now: now)
    }

    @Test func `what is no mail address is told on the form, and another site cannot ask`() async throws {
        let conference = try await TestConference()
        let answer = try await conference.ask(.post, "/sign-in/link", form, body: "mail=amina%22%3E&next=/wepc-2021")
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("aria-invalid") && !answer.text.contains("amina\">"))
        var headers = form
        headers[.secFetchSite] = "cross-site"
        #expect(try await conference.ask(.post, "/sign-in/link", headers, body: "mail=a@example.org").status == .forbidden)
    }

    @Test func `another site cannot sign somebody in as somebody else`() async throws {
        let conference = try await TestConference()
        let link = try await conference.hub.signIns.makeLink(for: conference.member.person)
        var headers = form
        headers[.secFetchSite] = "cross-site"
        #expect(try await conference.ask(.post, "/sign-in", headers, body: "token=\(link.text)").status == .forbidden)
    }

    @Test func `a person sees where they are signed in and ends one of their sign-ins at once`() async throws {
        let conference = try await TestConference()
        let (here, there) = (try await conference.signIn(conference.member), try await conference.signIn(conference.member))
        let listed = try await conference.ask(.get, "/api/v1/me/sign-ins", TestConference.reading(as: here))
        let signIns = try #require(try listed.json["signIns"] as? [[String: Any]])
        #expect(signIns.count == 2)
        let other = try #require(signIns.first { $0["isThisOne"] as? Bool == false }?["id"] as? String)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: there)).status == .ok)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: here)).text.contains(other))

        let ended = try await conference.ask(.delete, "/api/v1/me/sign-ins/\(other)", TestConference.writing(as: here))
        #expect(ended.status == .noContent)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: there)).status == .unauthorized)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: here)).status == .ok)
        let again = try await conference.ask(.delete, "/api/v1/me/sign-ins/\(other)", TestConference.writing(as: here))
        #expect(again.status == .notFound)
    }

    @Test func `a form ends a sign-in too, but only with its token`() async throws {
        let conference = try await TestConference()
        let (here, there) = (try await conference.signIn(conference.member), try await conference.signIn(conference.member))
        let id = try #require(try await conference.hub.signIns.signIn(shown: there)?.id)
        let headers = TestConference.reading(as: here, form)
        let forged = try await conference.ask(.post, "/me/sign-ins/\(id)", headers, body: "csrf=guessed")
        #expect(forged.status == .forbidden)
        let body = "csrf=\(CSRFToken(of: here).text)"
        #expect(try await conference.ask(.post, "/me/sign-ins/\(id)", headers, body: body).status == .seeOther)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: there)).status == .unauthorized)
    }

    @Test func `nobody ends somebody else's sign-in, and a token has none (O-3)`() async throws {
        let conference = try await TestConference()
        let member = try await conference.signIn(conference.member)
        let moderator = try await conference.signIn(conference.moderator)
        let id = try #require(try await conference.hub.signIns.signIn(shown: member)?.id)
        let path = "/api/v1/me/sign-ins/\(id)"
        #expect(try await conference.ask(.delete, path, TestConference.writing(as: moderator)).status == .notFound)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: member)).status == .ok)
        let token = try await conference.token([.sessionsModerate])
        #expect(try await conference.ask(.get, "/api/v1/me/sign-ins", TestConference.bearing(token)).problem == "person-needed")
        #expect(try await conference.ask(.get, "/api/v1/me/sign-ins").problem == "sign-in-needed")
    }

    @Test func `signing out ends the sign-in`() async throws {
        let conference = try await TestConference()
        let cookie = try await conference.signIn(conference.member)
        var headers = TestConference.reading(as: cookie)
        headers[.contentType] = "application/x-www-form-urlencoded"
        let answer = try await conference.ask(.post, "/sign-out", headers, body: "csrf=\(CSRFToken(of: cookie).text)")
        #expect(answer.status == .seeOther)
        #expect(answer.headers[.setCookie]?.contains("Max-Age=0") == true)
        #expect(try await conference.ask(.get, "/me", TestConference.reading(as: cookie)).status == .unauthorized)
    }

    @Test(arguments: [
        "//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "", "/a b", "/\u{0}", "/\n", "/é",
    ])
    func `nobody is sent to another site after signing in`(next: String) {
        #expect(LocalAddress.checked(next) == "/me")
    }
}
