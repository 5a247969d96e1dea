import Access
import Identifiers
import Registration
import Synchronization
import Time

/// Registrations kept in memory. A test may do something between a look-up and its answer.
final class Register: RegistrationRepository {
    enum Failure: Error { case conflict, missing }

    private struct State {
        var participants: [Participant] = []
        var links: [PersonID: SignInLink] = [:]
        var signIns: [String: SignIn] = [:]
        var tokens: [String: APIToken] = [:]
        var keys: [String: StreamKey] = [:]
        var lookUps = 0
    }

    private let state = Mutex(State())
    private let duringLookUp = Mutex<(@Sendable () async throws -> Void)?>(nil)

    /// How often participations were looked up.
    var lookUps: Int { state.withLock { $0.lookUps } }

    /// Done once, after the next look-up of participations has read and before it answers.
    func duringNextLookUp(_ work: @escaping @Sendable () async throws -> Void) {
        duringLookUp.withLock { $0 = work }
    }

    func add(_ participant: Participant) async throws {
        try state.withLock { state in
            let isThere = state.participants.contains {
                $0.mail == participant.mail && $0.conference == participant.conference
            }
            if isThere { throw Failure.conflict }
            state.participants.append(participant)
        }
    }

    func add(_ participants: [Participant]) async throws {
        for participant in participants { try await add(participant) }
    }

    func participants(in conference: ConferenceID) async throws -> [Participant] {
        state.withLock { $0.participants.filter { $0.conference == conference } }
    }

    func participant(_ id: ParticipantID) async throws -> Participant? {
        state.withLock { $0.participants.first { $0.id == id } }
    }

    func revokeParticipant(_ id: ParticipantID, at instant: UTCInstant) async throws {
        try state.withLock { state in
            guard let index = state.participants.firstIndex(where: { $0.id == id }) else { throw Failure.missing }
            let old = state.participants[index]
            state.participants[index] = Participant(
                id: old.id, person: old.person, conference: old.conference, name: old.name, mail: old.mail,
                organisation: old.organisation, capacity: old.capacity, audiences: old.audiences,
                grants: old.grants, revokedAt: instant)
        }
    }

    func person(_ id: PersonID) async throws -> Person? {
        state.withLock { $0.participants.first { $0.person == id }.map(Person.init) }
    }

    func person(mail: MailAddress) async throws -> Person? {
        state.withLock { $0.participants.first { $0.mail == mail }.map(Person.init) }
    }

    func participations(of person: PersonID) async throws -> [Participation] {
        let found = state.withLock { state in
            state.lookUps += 1
            return state.participants.filter { $0.person == person && $0.revokedAt == nil }
        }
        try await duringLookUp.withLock { $0.take() }?()
        return found.map(\.participation)
    }

    func add(_ link: SignInLink) async throws {
        state.withLock { $0.links[link.person] = link }
    }

    func link(digest: String) async throws -> SignInLink? {
        state.withLock { $0.links.values.first { $0.digest == digest } }
    }

    func use(_ link: SignInLink, at instant: UTCInstant) async throws -> Bool {
        state.withLock { state in
            guard let kept = state.links[link.person], kept.digest == link.digest, kept.usedAt == nil else { return false }
            state.links[link.person] = SignInLink(
                person: link.person, digest: link.digest, expiresAt: link.expiresAt, usedAt: instant)
            return true
        }
    }

    func add(_ signIn: SignIn, digest: String) async throws {
        state.withLock { $0.signIns[digest] = signIn }
    }

    func signIn(digest: String) async throws -> SignIn? {
        state.withLock { $0.signIns[digest] }
    }

    func signIns(of person: PersonID) async throws -> [SignIn] {
        state.withLock { state in
            state.signIns.values.filter { $0.person == person }.sorted { ($1.createdAt, $1.id) < ($0.createdAt, $0.id) }
        }
    }

    func removeSignIn(_ id: SignInID) async throws {
        state.withLock { state in state.signIns = state.signIns.filter { $0.value.id != id } }
    }

    func add(_ token: APIToken, digest: String) async throws {
        state.withLock { $0.tokens[digest] = token }
    }

    func tokens(in conference: ConferenceID) async throws -> [APIToken] {
        state.withLock { $0.tokens.values.filter { $0.conference == conference } }
    }

    func token(digest: String) async throws -> APIToken? {
        state.withLock { state in
            state.lookUps += 1
            return state.tokens[digest]
        }
    }

    func revokeToken(_ id: TokenID, at instant: UTCInstant) async throws {
        state.withLock { state in
            state.tokens = state.tokens.mapValues { token in
                var token = token
                if token.id == id { token.revokedAt = instant }
                return token
            }
        }
    }

    func noteUse(of id: TokenID, at instant: UTCInstant) async throws {
        state.withLock { state in
            state.tokens = state.tokens.mapValues { token in
                var token = token
                if token.id == id { token.lastUsedAt = instant }
                return token
            }
        }
    }

    func add(_ key: StreamKey, digest: String) async throws {
        state.withLock { $0.keys[digest] = key }
    }

    func streamKeys(in room: RoomID) async throws -> [StreamKey] {
        state.withLock { $0.keys.values.filter { $0.room == room } }
    }

    func streamKey(digest: String) async throws -> StreamKey? {
        state.withLock { $0.keys[digest] }
    }

    func revokeStreamKey(_ id: StreamKeyID, at instant: UTCInstant) async throws {
        state.withLock { state in
            state.keys = state.keys.mapValues { key in
                guard key.id == id else { return key }
                return StreamKey(id: id, room: key.room, name: key.name, createdAt: key.createdAt, revokedAt: instant)
            }
        }
    }
}

extension Person {
    fileprivate init(_ participant: Participant) {
        self.init(id: participant.person, mail: participant.mail, name: participant.name)
    }
}

/// A clock that stands until it is moved.
final class Clock: WallClock {
    private let instant = Mutex(UTCInstant(microseconds: 1_623_837_600_000_000))

    func now() -> UTCInstant { instant.withLock { $0 } }
    func advance(by duration: Duration) { instant.withLock { $0 = $0.advanced(by: duration) } }
}
