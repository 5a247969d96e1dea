import HTTPTypes
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

    @Test func `another site cannot sign somebody in as somebody else`() async throws {
        let conference = try await TestConference()
        let link = try await conference.hub.signIns.makeLink(for: conference.member.person)
        var headers = form
        headers[.secFetchSite] = "cross-site"
        #expect(try await conference.ask(.post, "/sign-in", headers, body: "token=\(link.text)").status == .forbidden)
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
