import Access
import Identifiers
import Programme
import Registration
import Store
import Testing
import Time

@Suite struct RegistrationTests {
    let digest = String(repeating: "a", count: 64)
    let digest2 = String(repeating: "b", count: 64)

    @Test func `a participant comes back with grants and address`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant(
            "Ada@Parliament.example", grants: [GrantInPlace(.moderator, in: fixture.plenary.id), GrantInPlace(.participant)])
        try await fixture.store.add(ada)
        #expect(try await fixture.store.participant(ada.id) == ada)
        #expect(try await fixture.store.participants(in: fixture.conference.id) == [ada])
        #expect(try await fixture.store.person(ada.person)?.mail.text == "ada@parliament.example")
        #expect(try await fixture.store.person(mail: ada.mail)?.id == ada.person)
    }

    @Test func `a mail address stands once in a conference, and is one person in several`() async throws {
        let fixture = try await Fixture()
        let here = try fixture.participant("ada@parliament.example")
        let twice = try fixture.participant("ADA@parliament.example")
        let there = try fixture.participant("ada@parliament.example", in: fixture.other)
        try await fixture.store.add(here)
        #expect(await code { try await fixture.store.add(twice) } == .conflict)
        try await fixture.store.add(there)
        #expect(try await fixture.store.participant(there.id)?.person == here.person)
        let participations = try await fixture.store.participations(of: here.person)
        #expect(Set(participations.map(\.conference)) == [fixture.conference.id, fixture.other.id])
    }

    @Test func `a grant cannot reach into another conference's room`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example", grants: [GrantInPlace(.moderator, in: fixture.otherRoom.id)])
        #expect(await code { try await fixture.store.add(ada) } == .missing)
        #expect(try await fixture.store.person(mail: ada.mail) == nil)
    }

    @Test func `a grant named twice is held once`() async throws {
        let fixture = try await Fixture()
        let twice = [GrantInPlace(.producer), GrantInPlace(.producer)]
        let ada = try fixture.participant("ada@parliament.example", grants: twice)
        try await fixture.store.add(ada)
        #expect(try await fixture.store.participant(ada.id)?.grants == [GrantInPlace(.producer)])
    }

    @Test func `a revoked participant has a past and no rights, from the first revocation on`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        try await fixture.store.revokeParticipant(ada.id, at: Fixture.start)
        try await fixture.store.revokeParticipant(ada.id, at: Fixture.start.advanced(by: .seconds(9)))
        #expect(try await fixture.store.participant(ada.id)?.revokedAt == Fixture.start)
        #expect(try await fixture.store.participations(of: ada.person).isEmpty)
        let stranger = ParticipantID(at: Fixture.start)
        #expect(await code { try await fixture.store.revokeParticipant(stranger, at: Fixture.start) } == .missing)
    }

    @Test func `a newer link makes the older one void`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let older = SignInLink(person: ada.person, digest: digest, expiresAt: Fixture.start)
        let newer = SignInLink(person: ada.person, digest: digest2, expiresAt: Fixture.start)
        try await fixture.store.add(older)
        #expect(try await fixture.store.link(digest: digest) == older)
        try await fixture.store.add(newer)
        #expect(try await fixture.store.link(digest: digest) == nil)
        #expect(try await fixture.store.use(older, at: Fixture.start) == false)
        #expect(try await fixture.store.link(digest: digest2) == newer)
    }

    @Test func `of many who redeem one link at once, one wins`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let link = SignInLink(person: ada.person, digest: digest, expiresAt: Fixture.start)
        try await fixture.store.add(link)
        let winners = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await fixture.store.use(link, at: Fixture.start) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(winners == 1)
        #expect(try await fixture.store.link(digest: digest)?.usedAt == Fixture.start)
    }

    @Test func `a sign-in is found until it is removed, and expired ones are cleared away`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let later = Fixture.start.advanced(by: .seconds(100))
        let first = SignIn(id: SignInID(at: Fixture.start), person: ada.person, createdAt: Fixture.start, expiresAt: later)
        let second = SignIn(
            id: SignInID(at: later), person: ada.person, createdAt: later, expiresAt: later.advanced(by: .seconds(1)))
        try await fixture.store.add(first, digest: digest)
        #expect(try await fixture.store.signIn(digest: digest) == first)
        try await fixture.store.add(second, digest: digest2)
        #expect(try await fixture.store.signIn(digest: digest) == nil)
        try await fixture.store.removeSignIn(second.id)
        #expect(try await fixture.store.signIn(digest: digest2) == nil)
    }

    @Test func `a token comes back with its scopes, and is revoked`() async throws {
        let fixture = try await Fixture()
        let token = APIToken(
            id: TokenID(at: Fixture.start), conference: fixture.conference.id, name: "script",
            scopes: [.events, .roomsRead], createdAt: Fixture.start, expiresAt: nil)
        try await fixture.store.add(token, digest: digest)
        #expect(try await fixture.store.token(digest: digest) == token)
        #expect(try await fixture.store.tokens(in: fixture.conference.id) == [token])
        try await fixture.store.revokeToken(token.id, at: Fixture.start)
        #expect(try await fixture.store.token(digest: digest)?.revokedAt == Fixture.start)
        #expect(await code { try await fixture.store.revokeToken(TokenID(at: Fixture.start), at: Fixture.start) } == .missing)
    }

    @Test func `a token tells its last use, and ends with the participation of whoever made it`() async throws {
        let fixture = try await Fixture()
        let ada = try fixture.participant("ada@parliament.example")
        try await fixture.store.add(ada)
        let token = APIToken(
            id: TokenID(at: Fixture.start), conference: fixture.conference.id, name: "script", scopes: [.events],
            createdBy: ada.id, createdAt: Fixture.start, expiresAt: nil)
        try await fixture.store.add(token, digest: digest)
        #expect(try await fixture.store.token(digest: digest) == token)
        let later = Fixture.start.advanced(by: .seconds(60))
        try await fixture.store.noteUse(of: token.id, at: later)
        #expect(try await fixture.store.token(digest: digest)?.lastUsedAt == later)
        try await fixture.store.revokeParticipant(ada.id, at: later)
        #expect(try await fixture.store.token(digest: digest)?.revokedAt == later)
        #expect(try await fixture.store.tokens(in: fixture.conference.id).first?.revokedAt == later)
    }

    @Test func `a stream key leads to its room, and is revoked`() async throws {
        let fixture = try await Fixture()
        let key = StreamKey(
            id: StreamKeyID(at: Fixture.start), room: fixture.plenary.id, name: "desk", createdAt: Fixture.start)
        try await fixture.store.add(key, digest: digest)
        #expect(try await fixture.store.streamKey(digest: digest) == key)
        #expect(try await fixture.store.streamKeys(in: fixture.annex.id).isEmpty)
        #expect(await code { try await fixture.store.add(key, digest: digest2) } == .conflict)
        try await fixture.store.revokeStreamKey(key.id, at: Fixture.start)
        #expect(try await fixture.store.streamKeys(in: fixture.plenary.id).first?.revokedAt == Fixture.start)
    }

    @Test func `a digest of another length is refused`() async throws {
        let fixture = try await Fixture()
        let key = StreamKey(
            id: StreamKeyID(at: Fixture.start), room: fixture.plenary.id, name: "desk", createdAt: Fixture.start)
        #expect(await code { try await fixture.store.add(key, digest: "short") } == .invalid)
    }

    @Test func `a value full of SQL is only a value`() async throws {
        let fixture = try await Fixture()
        #expect(try await fixture.store.conference(slug: "'; DROP TABLE conference; --") == nil)
        #expect(try await fixture.store.conference(slug: "' OR '1' = '1") == nil)
        #expect(try await fixture.store.conferences().count == 2)
    }
}
