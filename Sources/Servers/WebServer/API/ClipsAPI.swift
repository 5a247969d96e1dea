import Access
import Archive
import Hummingbird
import Identifiers
import Recording
import Time

/// `/recordings/{recording}/clips`: parts of a recording as files of their own.
struct ClipsAPI {
    let hub: Hub

    static func path(of clip: Clip) -> String { "\(APIRoutes.base)/recordings/\(clip.recording)/clips/\(clip.id)/file" }

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("recordings/{recording}/clips", use: list)
        api.post("recordings/{recording}/clips", use: order)
        api.get("recordings/{recording}/clips/{clip}", use: get)
        api.delete("recordings/{recording}/clips/{clip}", use: remove)
        api.get("recordings/{recording}/clips/{clip}/file", use: download)
        api.head("recordings/{recording}/clips/{clip}/file", use: download)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        return try JSON.response(["clips": try await hub.recordings.clips(of: recording.id).map(answer)])
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        return try JSON.response(answer(try await hub.clip(in: context.parameters, of: recording.id)))
    }

    @Sendable private func order(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .clipRecordings, on: Object(recording))
        let wish = try await request.json(as: ClipWish.self, context: context)
        let clip = try await hub.orderClip(
            of: recording, from: wish.from, until: wish.until, exactness: wish.exactness ?? .frame, title: wish.title,
            by: actor)
        return try JSON.response(answer(clip), status: .accepted)
    }

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .clipRecordings, on: Object(recording))
        try await hub.remove(try await hub.clip(in: context.parameters, of: recording.id), by: actor)
        return Response(status: .noContent)
    }

    @Sendable private func download(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .downloadRecordings, on: Object(recording))
        let clip = try await hub.clip(in: context.parameters, of: recording.id)
        guard let file = clip.file else { throw Problem(.notFound, "The clip is not made yet.") }
        let path = hub.recordingFile(recording.id, RecordingFolder.clipName(clip.id))
        guard var stored = StoredFile(at: path, bytes: file.bytes, sha256: file.sha256, contentType: "video/mp4")
        else { throw Problem(.unavailable, "The clip is not on the disk as it was written down.", next: "Make it again.") }
        let isDownload = try await hub.noteDownload(of: clip.id.description, from: recording, request, by: actor)
        if isDownload { stored.downloadName = "\(clip.title ?? clip.id.description).mp4" }
        return try await stored.response(to: request, context: context)
    }

    private func answer(_ clip: Clip) -> ClipAnswer { ClipAnswer(clip, progress: hub.workshop.progress(of: clip.id)) }
}

struct ClipWish: Decodable {
    let from: UTCInstant
    let until: UTCInstant
    /// Absent for `frame`.
    let exactness: ClipExactness?
    let title: String?
}

struct ClipAnswer: Encodable {
    let id: ClipID
    let recording: RecordingID
    let from: UTCInstant
    let until: UTCInstant
    let exactness: ClipExactness
    let title: String?
    let state: Clip.State
    /// How much of it is done, where somebody works on it.
    let percent: Int?
    /// Why it could not be made.
    let note: String?
    let file: Clip.File?
    /// Where it is downloaded, once it is made.
    let path: String?

    init(_ clip: Clip, progress: Double?) {
        (id, recording, from, until) = (clip.id, clip.recording, clip.from, clip.until)
        (exactness, title, state, note, file) = (clip.exactness, clip.title, clip.state, clip.note, clip.file)
        percent = progress.map { Int($0 * 100) }
        path = clip.file == nil ? nil : ClipsAPI.path(of: clip)
    }
}
