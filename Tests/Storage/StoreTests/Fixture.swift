import Access
import Archive
import FoundationEssentials
import Identifiers
import Programme
import Registration
import Store
import Time

/// A store in a folder of its own, with one conference of two rooms and one session, and a second conference beside it.
final class Fixture: Sendable {
    static let start = UTCInstant(microseconds: 1_623_837_600_000_000)

    let folder: String
    let store: ConferenceStore
    let conference = Fixture.conference("wepc-2021")
    let other = Fixture.conference("another")
    let plenary: Room
    let annex: Room
    let otherRoom: Room
    let opening: Session

    init() async throws {
        folder =
            FileManager.default.temporaryDirectory.appendingPathComponent("hemicycle-store-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ConferenceStore(folder: folder)
        plenary = Self.room("Plenary", in: conference)
        annex = Self.room("Annex", in: conference)
        otherRoom = Self.room("Elsewhere", in: other)
        opening = Self.session("Opening", in: plenary)
        try await store.add(conference, rooms: [plenary, annex])
        try await store.add(other, rooms: [otherRoom])
        _ = try await store.publish([opening], in: conference.id)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func conference(_ slug: String) -> Conference {
        Conference(
            id: ConferenceID(at: start), slug: slug, title: LocalisedText("Conference \(slug)"), timeZone: "Europe/Paris",
            startsAt: start, endsAt: start.advanced(by: .seconds(3 * 86_400)))
    }

    static func room(_ name: String, in conference: Conference) -> Room {
        Room(id: RoomID(at: start), conference: conference.id, name: LocalisedText(name))
    }

    static func session(_ title: String, in room: Room, id: SessionID = SessionID(at: start)) -> Session {
        Session(
            id: id, conference: room.conference, room: room.id, title: LocalisedText(title),
            abstract: LocalisedText("Résumé", language: "fr"), format: .debate, audiences: [.members, .websites],
            startsAt: start, endsAt: start.advanced(by: .seconds(3600)), isRecorded: true)
    }

    func participant(
        _ mail: String, in conference: Conference? = nil, grants: [GrantInPlace] = [GrantInPlace(.participant)]
    ) throws -> Participant {
        Participant(
            id: ParticipantID(at: Self.start), person: PersonID(at: Self.start),
            conference: (conference ?? self.conference).id, name: "Ada Doe", mail: try MailAddress(mail).orThrow(),
            organisation: "Parliament of Utopia", capacity: .member, grants: grants)
    }
}

struct Unexpected: Error {}

extension Optional {
    func orThrow() throws -> Wrapped {
        guard let self else { throw Unexpected() }
        return self
    }
}

/// The code of the `StoreError` that `work` throws, or nil.
func code(of work: () async throws -> Void) async -> StoreError.Code? {
    do {
        try await work()
        return nil
    } catch {
        return (error as? StoreError)?.code
    }
}
