package import Archive
package import Discussion
package import Events
package import Identifiers
import Programme
package import Registration
package import Repetition
package import Rooms
package import Streams
package import Time

/// Everything of the conference that the web server stands on.
package struct Hub: Sendable {
    package let repositories: RoomRepositories
    package let rooms: RoomDirectory
    package let feeds: FeedDirectory
    package let watching: WatchDesk
    package let studio: RecordingStudio
    package let workshop: ArchiveWorkshop
    package let marks: MarkDesk
    package let discussion: DiscussionDesks
    package let signIns: SignInDesk
    package let links: LinkDesk
    package let tokens: TokenDesk
    package let streamKeys: StreamKeyDesk
    package let calls: CallDesk
    package let events: EventHub
    package let audit: AuditLog
    package let clock: any WallClock
    /// Where a file of a recording lies.
    package let recordingFile: @Sendable (RecordingID, _ name: String) -> String
    /// What keeps the program from serving, in words; empty where nothing does.
    package let faults: @Sendable () async -> [String]

    package init(
        repositories: RoomRepositories, rooms: RoomDirectory, feeds: FeedDirectory, watching: WatchDesk,
        studio: RecordingStudio, workshop: ArchiveWorkshop, marks: MarkDesk, discussion: DiscussionDesks, signIns: SignInDesk,
        links: LinkDesk, tokens: TokenDesk, streamKeys: StreamKeyDesk, calls: CallDesk, events: EventHub, audit: AuditLog,
        clock: any WallClock, recordingFile: @escaping @Sendable (RecordingID, _ name: String) -> String,
        faults: @escaping @Sendable () async -> [String]
    ) {
        self.repositories = repositories
        self.rooms = rooms
        self.feeds = feeds
        self.watching = watching
        self.studio = studio
        self.workshop = workshop
        self.marks = marks
        self.discussion = discussion
        self.signIns = signIns
        self.links = links
        self.tokens = tokens
        self.streamKeys = streamKeys
        self.calls = calls
        self.events = events
        self.audit = audit
        self.clock = clock
        self.recordingFile = recordingFile
        self.faults = faults
    }

    var chat: ChatDesk { discussion.chat }
    var questions: QuestionDesk { discussion.questions }
    var hands: HandDesk { discussion.hands }
    var polls: PollDesk { discussion.polls }
    var programme: any ProgrammeRepository { repositories.programme }
    var programmeDesk: ProgrammeDesk { ProgrammeDesk(repository: programme, audit: audit, clock: clock) }
    var registration: any RegistrationRepository { repositories.registration }
    var recordings: any RecordingRepository & MarkRepository & ClipRepository { repositories.recordings }
    func forecast(_ conference: ConferenceID) async throws -> DiskForecast {
        try await DiskAccounts(directory: rooms, studio: studio).forecast(for: conference)
    }

    var identification: Identification { Identification(signIns: signIns, tokens: tokens) }
}
