import Access
import Identifiers
import Registration
import Testing
import Time

@Suite struct KeyDeskTests {
    let register = Register()
    let clock = Clock()
    let conference = ConferenceID(at: .init(microseconds: 0))

    @Test func `a token is recognised until it is revoked`() async throws {
        let desk = TokenDesk(repository: register, clock: clock)
        let (token, secret) = try await desk.issue("script", in: conference, scopes: [.events])
        #expect(try await desk.subject(for: secret) == .token(token.id, conference, [.events]))
        #expect(try await desk.subject(for: Secret(shown: secret.text + "A")) == .anonymous)
        try await desk.revoke(token.id)
        #expect(try await desk.subject(for: secret) == .anonymous)
        #expect(try await desk.tokens(in: conference).first?.revokedAt == clock.now())
    }

    @Test func `a token expires to the microsecond, remembered or not`() async throws {
        let desk = TokenDesk(repository: register, clock: clock)
        let expiry = clock.now().advanced(by: .seconds(1))
        let secret = try await desk.issue("script", in: conference, scopes: [], expiresAt: expiry).secret
        #expect(try await desk.subject(for: secret) != .anonymous)
        clock.advance(by: .seconds(1))
        #expect(try await desk.subject(for: secret) == .anonymous)
    }

    @Test func `a script's many requests read the register once`() async throws {
        let desk = TokenDesk(repository: register, clock: clock)
        let secret = try await desk.issue("script", in: conference, scopes: []).secret
        for _ in 0..<10 { _ = try await desk.subject(for: secret) }
        #expect(register.lookUps == 1)
    }

    @Test func `when a token was last used is known to the minute`() async throws {
        let desk = TokenDesk(repository: register, clock: clock)
        let secret = try await desk.issue("script", in: conference, scopes: []).secret
        #expect(try await desk.tokens(in: conference).first?.lastUsedAt == nil)
        let first = clock.now()
        for expected in [first, first, first.advanced(by: .seconds(60))] {
            _ = try await desk.subject(for: secret)
            #expect(try await desk.tokens(in: conference).first?.lastUsedAt == expected)
            clock.advance(by: .seconds(30))
        }
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(86_400 * 3650 + 1)])
    func `a token expires later than now and within ten years`(lifetime: Duration) async throws {
        await #expect(throws: RegistrationError.self) {
            try await TokenDesk(repository: register, clock: clock).issue(
                "script", in: conference, scopes: [], expiresAt: clock.now().advanced(by: lifetime))
        }
    }

    @Test func `a stream key leads to its room until it is revoked`() async throws {
        let desk = StreamKeyDesk(repository: register, clock: clock)
        let room = RoomID(at: clock.now())
        let (key, secret) = try await desk.issue("desk", for: room)
        #expect(try await desk.find(secret) == key)
        #expect(try await desk.keys(in: room) == [key])
        try await desk.revoke(key.id)
        #expect(try await desk.find(secret) == nil)
    }

    @Test func `a name that is empty or too long is refused`() async throws {
        for name in ["", String(repeating: "x", count: 201)] {
            await #expect(throws: RegistrationError.self) {
                try await TokenDesk(repository: register, clock: clock).issue(name, in: conference, scopes: [])
            }
            await #expect(throws: RegistrationError.self) {
                try await StreamKeyDesk(repository: register, clock: clock).issue(name, for: RoomID(at: clock.now()))
            }
        }
    }
}
