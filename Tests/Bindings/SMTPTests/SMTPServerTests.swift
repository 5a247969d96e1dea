import Testing

@testable import SMTP

@Suite struct SMTPServerTests {
    @Test func `a server that is not there fails the session, without an answer`() async throws {
        // Port 1 of the machine itself: reserved, and nobody listens.
        let server = SMTPServer(.init(address: "127.0.0.1:1", encryption: .none))
        let error = await #expect(throws: SMTPError.self) {
            try await server.send(Array("Subject: x\r\n\r\nx\r\n".utf8), from: "a@example.org", to: "b@example.org")
        }
        #expect(error?.stage == .session && error?.answer == nil)
        #expect(error?.message.contains("127.0.0.1") == true)
    }

    @Test func `an account prints as redacted`() {
        let account = SMTPServer.Account(name: "hub", password: "secret")
        #expect("\(account) \(String(reflecting: account))" == "‹redacted› ‹redacted›")
    }
}
