import Access
import Archive
import Events
import Files
import Identifiers
import Logging
import Packaging
import Programme
import Recording
import Registration
import Rooms
import Store
import Streams
import Time

/// The conference without its servers: everything of `Domain` and `Storage`, joined over one data folder. Servers and the command
/// line stand on it.
struct Hall: Sendable {
    /// Where keys are given out.
    struct Desks: Sendable {
        let signIn: SignInDesk
        let participants: ParticipantDesk
        let tokens: TokenDesk
        let streamKeys: StreamKeyDesk
    }

    let settings: Settings
    let clock: any WallClock
    /// Times what arrives.
    let mediaClock: any WallClock
    let logger: Logger
    let folder: DataFolder
    let store: ConferenceStore
    let desks: Desks
    let events: EventHub
    let audit: AuditLog
    let notices: FeedNotices
    let feeds: FeedDirectory
    let repositories: RoomRepositories
    let rooms: RoomDirectory
    let studio: RecordingStudio
    let workshop: ArchiveWorkshop

    /// Takes the data folder and opens what is in it.
    ///
    /// - Throws: that another program holds the folder, or what the disk or the database refuses.
    init(settings: Settings, clock: any WallClock = SystemWallClock()) async throws {
        self.settings = settings
        self.clock = clock
        mediaClock = SteadyClock(from: clock)
        logger = settings.log.format.logger(settings.log.level)
        folder = try DataFolder(Path(settings.dataFolder))
        store = try ConferenceStore(folder: folder.path.text, clock: clock)
        desks = Desks(store, settings, clock)
        events = EventHub(repository: store, clock: clock)
        audit = AuditLog(repository: store, clock: clock)
        let notices = FeedNotices()
        self.notices = notices
        feeds = FeedDirectory(configuration: settings.feeds, clock: mediaClock, wall: clock) { notices.post($0) }
        let ledger = RoomLedger(events: events, audit: audit, logger: logger)
        repositories = RoomRepositories(programme: store, registration: store, rooms: store, recordings: store)
        rooms = RoomDirectory(
            configuration: settings.rooms, repositories: repositories,
            passes: await PassAuthority(secret: try folder.passSecret()), ledger: ledger, feeds: feeds, clock: clock,
            mediaClock: mediaClock)
        let folder = folder
        let recordingFolder = { @Sendable (id: RecordingID) in RecordingFolder(folder.recording(id)) }
        workshop = ArchiveWorkshop(
            configuration: settings.workshop,
            .init(
                recordings: store, programme: store, events: events, folder: recordingFolder, clock: clock, logger: logger))
        studio = RecordingStudio(
            folder: recordingFolder, space: { folder.freeBytesForRecordings }, configuration: settings.recorder,
            repository: store, workshop: workshop, ledger: ledger, clock: clock, logger: logger)
    }

    /// The link that a person signs in with.
    func signInAddress(_ secret: Secret) -> String {
        "\(settings.publicAddress)/sign-in?link=\(secret.text)"
    }
}

extension Hall.Desks {
    init(_ store: ConferenceStore, _ settings: Settings, _ clock: any WallClock) {
        var signIns = SignInDesk.Configuration()
        signIns.signInLifetime = settings.sessions.signInLifetime
        signIn = SignInDesk(repository: store, clock: clock, configuration: signIns)
        participants = ParticipantDesk(repository: store, clock: clock)
        tokens = TokenDesk(repository: store, clock: clock)
        streamKeys = StreamKeyDesk(repository: store, clock: clock)
    }
}
