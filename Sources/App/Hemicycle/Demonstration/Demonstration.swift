import Access
import Files
import FoundationEssentials
import Identifiers
import Programme
import Registration
import Store
import Time

/// The demonstration conference: three people who may look around, two rooms, and a programme that is moved at each start so that
/// one session is live, one is near, and one has ended.
///
/// It stands in the database like any other conference. A session that was running goes on over a restart; one that has ended
/// keeps its place with its recording.
struct Demonstration {
    static let slug = "demonstration"

    let hall: Hall

    var store: ConferenceStore { hall.store }
    var clock: any WallClock { hall.clock }
    private var folder: DataFolder { hall.folder }
    private var desks: Hall.Desks { hall.desks }

    /// Brings the conference in, moves its programme to now, and gives out fresh keys.
    ///
    /// - Parameter rtmp: where desks push to, `rtmp://127.0.0.1:1935/live`.
    func prepare(rtmp: String) async throws {
        let conference = try await conference()
        let rooms = try await store.rooms(in: conference.id)
        guard let plenary = rooms.first, let committee = rooms.last else { return }
        let sessions = try await moveProgramme(of: conference.id, hall: plenary.id, committee: committee.id)
        let card = DemonstrationCard(
            address: hall.settings.publicAddress, conference: Self.slug,
            rtmp: .init(url: rtmp, key: try await streamKey(of: plenary.id)),
            signIn: try await signInLinks(in: conference.id), token: try await token(in: conference.id),
            sessions: .init(live: sessions.live, near: sessions.near, ended: sessions.ended))
        try Folder(folder.path).replace(folder.demonstration.name, with: Array(try card.encoded()))
    }
}

// MARK: - Conference and people

extension Demonstration {
    private func conference() async throws -> Conference {
        if let known = try await store.conference(slug: Self.slug) {
            let first = try await store.sessions(in: known.id).first?.startsAt
            try await store.update(aroundNow(known.id, since: first))
            return known
        }
        let now = clock.now()
        let conference = aroundNow(ConferenceID(at: now))
        let rooms = DemonstrationTexts.rooms.map { Room(id: RoomID(at: now), conference: conference.id, name: $0) }
        try await store.add(conference, rooms: rooms)
        for person in DemonstrationTexts.people {
            try await store.add(participant(person, in: conference.id))
        }
        return conference
    }

    /// Three days, with today in the middle; more where sessions before them are kept.
    private func aroundNow(_ id: ConferenceID, since first: UTCInstant? = nil) -> Conference {
        let now = clock.now()
        let yesterday = now.advanced(by: .seconds(-86_400))
        return Conference(
            id: id, slug: Self.slug, title: DemonstrationTexts.conference, timeZone: "Europe/Paris",
            startsAt: min(first ?? yesterday, yesterday), endsAt: now.advanced(by: .seconds(86_400)))
    }

    private func participant(_ person: DemonstrationTexts.Person, in conference: ConferenceID) -> Participant {
        let now = clock.now()
        return Participant(
            id: ParticipantID(at: now), person: PersonID(at: now), conference: conference, name: person.name,
            mail: person.mail, organisation: person.organisation, capacity: person.capacity,
            grants: person.grants.map { GrantInPlace($0) })
    }

    private func signInLinks(in conference: ConferenceID) async throws -> [String: String] {
        let participants = try await store.participants(in: conference)
        var links: [String: String] = [:]
        for person in DemonstrationTexts.people {
            guard let participant = participants.first(where: { $0.mail == person.mail }) else { continue }
            let secret = try await desks.signIn.makeLink(for: participant.person)
            links[person.role] = hall.signInAddress(secret)
        }
        return links
    }
}

// MARK: - Keys

extension Demonstration {
    /// The room's stream key, the same over restarts, so that an encoder once set up goes on working.
    private func streamKey(of room: RoomID) async throws -> String {
        let name = "demonstration-stream-key"
        if let bytes = try ReadableFile.ifPresent(folder.path.appending(name))?.readAll(atMost: 4096) {
            let secret = Secret(shown: String(decoding: bytes, as: UTF8.self))
            if let known = try await store.streamKey(digest: secret.digest), known.revokedAt == nil { return secret.text }
        }
        let secret = try await desks.streamKeys.issue("Demonstration camera", for: room).secret
        try Folder(folder.path).replace(name, with: Array(secret.text.utf8))
        return secret.text
    }

    /// A fresh token with every scope; those of earlier starts are revoked.
    private func token(in conference: ConferenceID) async throws -> String {
        let name = "Demonstration"
        for old in try await store.tokens(in: conference) where old.name == name && old.revokedAt == nil {
            try await desks.tokens.revoke(old.id)
        }
        let expiresAt = clock.now().advanced(by: .seconds(30 * 86_400))
        return try await desks.tokens.issue(
            name, in: conference, scopes: Set(Scope.allCases), expiresAt: expiresAt
        ).secret.text
    }
}
