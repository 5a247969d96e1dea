import Access
import Archive
import Events
import Hummingbird
import Identifiers
import Programme
import Recording
import Time

/// `/recordings`: the lasting results, their files and their proofs.
struct RecordingsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/recordings", use: list)
        api.get("recordings/{recording}", use: get)
        api.post("recordings/{recording}/verification", use: verify)
        api.post("recordings/{recording}/finishing", use: finish)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        var search = RecordingSearch(
            in: conference.id, rooms: try await hub.rooms(of: conference.id, withRecordingsFor: context.identity))
        try search.take(request.uri.queryParameters)
        let (recordings, next) = try await hub.page(of: search)
        var answers: [RecordingAnswer] = []
        for recording in recordings { answers.append(try await answer(recording)) }
        return try JSON.response(RecordingPageAnswer(recordings: answers, next: next))
    }

    private func answer(_ recording: ArchivedRecording) async throws -> RecordingAnswer {
        RecordingAnswer(
            recording, chapters: try await hub.chapters(of: recording), progress: hub.workshop.progress(of: recording.id))
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        return try JSON.response(try await answer(recording))
    }

    /// Begins to check every byte. It may take minutes: the event `recording.verified` tells of its end, and the recording its result.
    @Sendable private func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .verifyRecordings, on: Object(recording))
        try await hub.orderVerification(of: recording, by: actor)
        return try JSON.response(try await answer(recording), status: .accepted)
    }

    /// Has the files made anew from the log, with the chapters as they are now.
    @Sendable private func finish(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .finishRecordings, on: Object(recording))
        try await hub.orderFinishing(of: recording, by: actor)
        return try JSON.response(try await answer(try await hub.recording(in: context.parameters)), status: .accepted)
    }
}

struct RecordingPageAnswer: Encodable {
    let recordings: [RecordingAnswer]
    /// What `after` has to be for those that follow; absent where none do.
    let next: RecordingID?
}

struct RecordingAnswer: Encodable {
    let id: RecordingID
    let session: SessionID
    let conference: ConferenceID
    let room: RoomID
    let state: ArchivedRecording.State
    let startedAt: UTCInstant
    let endedAt: UTCInstant?
    /// Seconds of the finished files together.
    let seconds: Double?
    /// How much of finishing is done, where somebody works on it.
    let percent: Int?
    let files: [File]
    /// Where media is missing, by time; the first hundred.
    let gaps: [RecordingGap]
    /// As they stand now.
    let chapters: [Chapter]
    /// Whether the files carry these chapters.
    let filesHaveChapters: Bool
    /// What was lost, or why it failed.
    let note: String?
    let verification: Verification?

    struct File: Encodable {
        let name: String
        let kind: RecordingFileKind
        let bytes: Int64
        let sha256: String
        /// How long it plays; 0 where it does not.
        let seconds: Double
        let startsAt: UTCInstant?
        /// Where it is downloaded.
        let path: String
    }

    struct Chapter: Encodable {
        let at: UTCInstant
        let title: String
        let source: RecordingChapter.Source
    }

    struct Verification: Encodable {
        let at: UTCInstant
        let files: Int
        let isSound: Bool
        let faults: [String]
    }

    init(_ recording: ArchivedRecording, chapters: [RecordingChapter], progress: Double?) {
        (id, session, conference, room) = (recording.id, recording.session, recording.conference, recording.room)
        (state, startedAt, endedAt, note) = (recording.state, recording.startedAt, recording.endedAt, recording.note)
        seconds = recording.duration?.inSeconds
        files = recording.files.map { file in
            File(
                name: file.name, kind: file.kind, bytes: file.bytes, sha256: file.sha256, seconds: file.seconds,
                startsAt: file.startsAt, path: RecordingFilesAPI.path(of: file.name, in: recording.id))
        }
        gaps = recording.gaps
        percent = progress.map { Int($0 * 100) }
        self.chapters = chapters.map { Chapter(at: $0.at, title: $0.title, source: $0.source) }
        filesHaveChapters = chapters == recording.chapters
        verification = recording.verification.map {
            Verification(at: $0.at, files: $0.files, isSound: $0.faults.isEmpty, faults: $0.faults)
        }
    }
}
