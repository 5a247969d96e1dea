import Access
import Archive
import Discussion
import Events
import Files
import Foundation
import Identifiers
import Letters
import Logging
import Media
import NIOCore
import Packaging
import Programme
import Recording
import Registration
import Repetition
import Store
import Streams
import Time

@testable import Rooms
@testable import WebServer

/// A conference with a session that is on, one to come and one that is over, its people, and the web server before it, over a
/// database in a folder of its own.
struct TestConference: Sendable {
    let folder: String
    let clock = TestClock()
    let store: ConferenceStore
    let hub: Hub
    let output = LiveOutput(firstSegment: 0, configuration: LiveOutput.Configuration())

    let conference: Conference
    let room: Room
    let live: Session
    let near: Session
    let ended: Session

    let member: Participant
    let moderator: Participant
    let archivist: Participant

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        store = try ConferenceStore(folder: folder, clock: clock)
        hub = try await Self.makeHub(store, clock, folder)
        let noon = TestClock.noon
        let conference = Conference(
            id: ConferenceID(at: noon), slug: "wepc-2021", title: LocalisedText("World e-Parliament Conference"),
            timeZone: "Europe/Zurich", startsAt: noon.advanced(by: .seconds(-86_400)),
            endsAt: noon.advanced(by: .seconds(3 * 86_400)))
        let room = Room(id: RoomID(at: noon), conference: conference.id, name: LocalisedText("Room A"))
        self.conference = conference
        self.room = room
        live = Self.session("Leading the digital parliament", conference, room, from: -1800)
        near = Self.session("Good practice", conference, room, from: 7200)
        ended = Self.session("Opening", conference, room, from: -7200)
        member = try Self.participant("Amina", conference, .participant)
        moderator = try Self.participant("Björn", conference, .moderator)
        archivist = try Self.participant("Chloé", conference, .archivist)
        try await fill()
    }

    private func fill() async throws {
        try await store.add(conference, rooms: [room])
        _ = try await store.publish([live, near, ended], in: conference.id)
        for participant in [member, moderator, archivist] { try await store.add(participant) }
        hub.rooms.take([live, near, ended], of: conference.id, overrides: [:], removals: [], revoked: [])
        _ = hub.rooms.advance()
        let epoch = SessionEpoch(session: live.id, number: 1, origin: live.startsAt)
        hub.rooms.begin(live.id, SessionMedia(epoch: epoch, output: output))
    }

    /// Where the live session's media stand.
    var media: String { "/media/\(live.id)/1" }

    /// The secret of the cookie with which somebody is signed in.
    func signIn(_ participant: Participant) async throws -> Secret {
        try await hub.signIns.redeem(try await hub.signIns.makeLink(for: participant.person)).cookie
    }

    /// A token for scripts with these scopes.
    func token(_ scopes: Set<Scope>) async throws -> Secret {
        try await hub.tokens.issue("test", in: conference.id, scopes: scopes).secret
    }
}

// MARK: - Making it

extension TestConference {
    private static func makeHub(_ store: ConferenceStore, _ clock: TestClock, _ folder: String) async throws -> Hub {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let events = EventHub(repository: store, clock: clock)
        let audit = AuditLog(repository: store, clock: clock)
        let ledger = RoomLedger(events: events, audit: audit, logger: logger)
        let repositories = RoomRepositories(programme: store, registration: store, rooms: store, recordings: store)
        let feeds = FeedDirectory(configuration: .init(), clock: clock) { _ in }
        let passes = await PassAuthority(secret: Array(repeating: 7, count: 32))
        let recordingFolder = { @Sendable (id: RecordingID) in RecordingFolder(Path("\(folder)/\(id)")) }
        let workshop = ArchiveWorkshop(
            .init(
                recordings: store, programme: store, events: events, folder: recordingFolder, clock: clock, logger: logger))
        let studio = RecordingStudio(
            folder: recordingFolder, space: { 1 << 40 }, configuration: .init(), repository: store, workshop: workshop,
            ledger: ledger, clock: clock, logger: logger)
        let signIns = SignInDesk(repository: store, clock: clock)
        let rooms = RoomDirectory(
            configuration: .init(), repositories: repositories, passes: passes, ledger: ledger, feeds: feeds, clock: clock)
        return Hub(
            repositories: repositories, rooms: rooms, feeds: feeds, watching: WatchDesk(rooms: rooms, peers: TestPeers()),
            studio: studio, workshop: workshop,
            marks: MarkDesk(repository: store, events: events, audit: audit, clock: clock),
            discussion: DiscussionDesks(
                forums: ForumDesk(repository: store, events: events, audit: audit, clock: clock), chat: store, questions: store,
                polls: store,
                announcements: AnnouncementDesk(repository: store, events: events, audit: audit, clock: clock),
                isPresent: { rooms.isPresent($0, in: $1) }),
            signIns: signIns,
            links: LinkDesk(.init(), office: try office(store, signIns, clock, folder)),
            tokens: TokenDesk(repository: store, clock: clock),
            streamKeys: StreamKeyDesk(repository: store, clock: clock), calls: CallDesk(repository: store, clock: clock),
            events: events, audit: audit, clock: clock,
            recordingFile: { "\(folder)/\($0)/\($1)" }, faults: { [] })
    }

    private static func office(
        _ store: ConferenceStore, _ signIns: SignInDesk, _ clock: TestClock, _ folder: String
    ) throws -> PostOffice {
        guard let sender = MailAddress("conference@example.org") else { throw CancellationError() }
        let staff = PostOffice.Staff(
            people: store, signIns: signIns, writer: try LetterPress(resources: nil, address: "https://live.example.org"),
            carrier: SpoolCarrier(Path("\(folder)/mail")))
        return PostOffice(
            .init(sender: sender), repository: store, staff: staff, clock: clock,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private static func session(_ title: String, _ conference: Conference, _ room: Room, from seconds: Int) -> Session {
        let start = TestClock.noon.advanced(by: .seconds(seconds))
        return Session(
            id: SessionID(at: start), conference: conference.id, room: room.id, title: LocalisedText(title), abstract: nil,
            format: .debate, audiences: [.members], startsAt: start, endsAt: start.advanced(by: .seconds(3600)), isRecorded: true)
    }

    private static func participant(_ name: String, _ conference: Conference, _ grant: Grant) throws -> Participant {
        guard let mail = MailAddress("\(grant.rawValue)@example.org") else { throw CancellationError() }
        return Participant(
            id: ParticipantID(at: TestClock.noon), person: PersonID(at: TestClock.noon), conference: conference.id, name: name,
            mail: mail, organisation: "Arendal", capacity: .member, grants: [GrantInPlace(grant)])
    }
}

// MARK: - What happens in it

extension TestConference {
    /// A recording with one file of these bytes, as a finished one stands in the archive.
    func archive(_ bytes: [UInt8]) async throws -> ArchivedRecording {
        var recording = ArchivedRecording(
            id: RecordingID(at: clock.now()), session: ended.id, conference: conference.id, room: room.id, state: .ready,
            startedAt: ended.startsAt)
        recording.files = [
            RecordingFile(
                name: "recording.mp4", bytes: Int64(bytes.count), sha256: String(repeating: "ab", count: 32), seconds: 1)
        ]
        try FileManager.default.createDirectory(atPath: "\(folder)/\(recording.id)", withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(recording.id)/recording.mp4"))
        try await store.save(recording)
        return recording
    }

    /// Publishes `count` segments of four parts of half a second, picture only.
    /// - Parameter bytesInPart: so long that each is made, at least.
    func broadcast(segments: Range<Int64>, bytesInPart: Int = 0) {
        if segments.lowerBound == 0 { output.publish([.initialisation(Self.initialisation)]) }
        for segment in segments {
            for part in 0..<4 { output.publish([.chunk(chunk(segment, part, bytes: bytesInPart))]) }
        }
    }

    func chunk(_ segment: Int64, _ part: Int, bytes: Int = 0) -> Chunk {
        let ticks = (segment * 4 + Int64(part)) * 45_000
        return Chunk(
            kind: .picture, stretch: 0, segment: segment, part: part, decodeTime: MediaTime(ticks: ticks, timescale: 90_000),
            duration: MediaTime(ticks: 45_000, timescale: 90_000), isIndependent: part == 0, isDiscontinuous: false,
            isLast: part == 3, frames: 15, instant: live.startsAt.advanced(by: .seconds(segment * 2)),
            bytes: ByteBuffer(string: "part \(segment).\(part)" + String(repeating: " ", count: bytes)))
    }

    private static let initialisation = Initialisation(
        format: .picture(
            PictureFormat(
                codec: .h264, codecs: "avc1.64001f", width: 1280, height: 720, configuration: [1, 2, 3], reorders: false)),
        stretch: 0, bytes: ByteBuffer(string: "init"))
}

extension TestConference {
    /// A moderator removes the member from the live session.
    func removeMember() async throws {
        try await hub.rooms.remove(member.id, from: live.id, reason: "Noise", by: .participant(moderator.id))
    }
}
