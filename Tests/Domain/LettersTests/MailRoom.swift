import Access
import Foundation
import Identifiers
import Logging
import Programme
import Registration
import Store
import Synchronization
import Time

@testable import Letters

/// A post office over a database in a folder of its own, with one person who is registered.
final class MailRoom: Sendable {
    static let noon = UTCInstant(microseconds: 1_623_844_800_000_000)

    let folder: String
    let store: ConferenceStore
    let clock = SetClock()
    let carrier = RecordingCarrier()
    let mail: MailAddress

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "letters-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ConferenceStore(folder: folder)
        mail = try Self.address("amina@example.org")
        let conference = Conference(
            id: ConferenceID(at: Self.noon), slug: "wepc-2021", title: LocalisedText("Conference"), timeZone: "Europe/Zurich",
            startsAt: Self.noon, endsAt: Self.noon.advanced(by: .seconds(86_400)))
        try await store.add(conference, rooms: [])
        try await store.add(
            Participant(
                id: ParticipantID(at: Self.noon), person: PersonID(at: Self.noon), conference: conference.id, name: "Amina",
                mail: mail, organisation: "Arendal", capacity: .member, grants: []))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    static func address(_ text: String) throws -> MailAddress {
        guard let address = MailAddress(text) else { throw CancellationError() }
        return address
    }

    /// A post office as it stands after a start.
    func open(_ carrier: (any LetterCarrier)? = nil) throws -> PostOffice {
        let staff = PostOffice.Staff(
            people: store, signIns: SignInDesk(repository: store, clock: clock), writer: PlainWriter(),
            carrier: carrier ?? self.carrier)
        return PostOffice(
            .init(sender: try Self.address("conference@example.org")), repository: store, staff: staff, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }
}

final class SetClock: WallClock {
    private let instant = Mutex(MailRoom.noon)

    func now() -> UTCInstant { instant.withLock { $0 } }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0.advanced(by: duration) }
    }
}

struct PlainWriter: LetterWriter {
    func write(_ content: LetterContent, in language: String) -> LetterText {
        switch content {
        case .signInLink(let secret, let name, let next):
            LetterText(
                subject: "Lien à \(name)", plain: "\(secret.text) \(next ?? "-")", html: "<p>\(secret.text)</p>",
                language: language)
        }
    }
}

/// Takes mail, unless it is told to refuse it.
final class RecordingCarrier: LetterCarrier {
    private let state = Mutex<(taken: [Mail], tried: [Mail], refusal: CarriageError?)>(([], [], nil))

    var taken: [Mail] { state.withLock { $0.taken } }
    var tried: [Mail] { state.withLock { $0.tried } }

    func refuse(_ refusal: CarriageError?) {
        state.withLock { $0.refusal = refusal }
    }

    func carry(_ mail: Mail) async throws(CarriageError) {
        let refusal = state.withLock { state in
            state.tried.append(mail)
            if state.refusal == nil { state.taken.append(mail) }
            return state.refusal
        }
        if let refusal { throw refusal }
    }
}
