import Access
import Archive
import Events
import Hummingbird
import Identifiers
import Programme
import Time

/// `/recordings`: the lasting results, their files and their proofs.
struct RecordingsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/recordings", use: list)
        api.get("recordings/{recording}", use: get)
        api.post("recordings/{recording}/verification", use: verify)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let recordings = try await hub.visible(
            .seeRecordings, in: conference.id, to: context.identity, hub.recordings.recordings(in:), as: Object.init)
        return try JSON.response(["recordings": recordings.map(RecordingAnswer.init(_:))])
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        return try JSON.response(RecordingAnswer(recording))
    }

    /// Begins to check every byte. It may take minutes: the event `recording.verified` tells of its end, and the recording its result.
    @Sendable private func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .verifyRecordings, on: Object(recording))
        guard recording.state == .ready else { throw Problem(.recordingNotReady) }
        try await hub.audit.append(
            AuditDraft(.recordingVerified, conference: recording.conference, actor: actor, objects: [recording.id.description]))
        guard hub.verifications.order(recording.id) else {
            throw Problem(.unavailable, "Too many recordings wait to be verified.")
        }
        return try JSON.response(RecordingAnswer(recording), status: .accepted)
    }
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
    let files: [File]
    /// Where media is missing, by time; the first hundred.
    let gaps: [RecordingGap]
    /// What was lost, or why it failed.
    let note: String?
    let verification: Verification?

    struct File: Encodable {
        let name: String
        let bytes: Int64
        let sha256: String
        let seconds: Double
        /// Where it is downloaded.
        let path: String
    }

    struct Verification: Encodable {
        let at: UTCInstant
        let files: Int
        let isSound: Bool
        let faults: [String]
    }

    init(_ recording: ArchivedRecording) {
        (id, session, conference, room) = (recording.id, recording.session, recording.conference, recording.room)
        (state, startedAt, endedAt, note) = (recording.state, recording.startedAt, recording.endedAt, recording.note)
        seconds = recording.duration?.inSeconds
        files = recording.files.map { file in
            File(
                name: file.name, bytes: file.bytes, sha256: file.sha256, seconds: file.seconds,
                path: RecordingFilesAPI.path(of: file.name, in: recording.id))
        }
        gaps = recording.gaps
        verification = recording.verification.map {
            Verification(at: $0.at, files: $0.files, isSound: $0.faults.isEmpty, faults: $0.faults)
        }
    }
}
