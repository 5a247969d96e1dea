import Access
import Archive
import Foundation
import Hummingbird
import Identifiers
import Time

/// The files of a recording: downloads that can be resumed, and the poster.
struct RecordingFilesAPI {
    let hub: Hub

    static let posterName = "poster.jpg"

    static func path(of file: String, in recording: RecordingID) -> String {
        "\(APIRoutes.base)/recordings/\(recording)/files/\(file)"
    }

    static func posterPath(of recording: RecordingID) -> String { "\(APIRoutes.base)/recordings/\(recording)/poster" }

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("recordings/{recording}/files/{file}", use: download)
        api.head("recordings/{recording}/files/{file}", use: download)
        api.get("recordings/{recording}/poster", use: poster)
        api.head("recordings/{recording}/poster", use: poster)
    }

    /// A name is looked up among the recording's own: what a client writes never becomes a path.
    @Sendable private func download(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let actor = try hub.actor(context.identity, .downloadRecordings, on: Object(recording))
        guard let file = recording.files.first(where: { $0.name == context.parameters.get("file") })
        else { throw Problem(.notFound, "The recording has no such file.") }
        let isDownload = try await hub.noteDownload(of: file.name, from: recording, request, by: actor)
        return try await stored(file, of: recording, isDownload: isDownload).response(to: request, context: context)
    }

    @Sendable private func poster(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        let path = hub.recordingFile(recording.id, Self.posterName)
        guard recording.state == .ready, let found = FileFacts(path) else {
            throw Problem(.notFound, "The recording has no poster.")
        }
        let tag = EntityTag(strong: "\(found.bytes)-\(found.modified.seconds)")
        let file = StoredFile(
            path: path, bytes: found.bytes, contentType: "image/jpeg",
            validators: Validators(tag: tag, modified: found.modified), cacheControl: "private, max-age=3600")
        return try await file.response(to: request, context: context)
    }

    private func stored(_ file: RecordingFile, of recording: ArchivedRecording, isDownload: Bool) throws(Problem) -> StoredFile {
        let path = hub.recordingFile(recording.id, file.name)
        guard var stored = StoredFile(at: path, bytes: file.bytes, sha256: file.sha256, contentType: file.contentType)
        else { throw Problem(.unavailable, "The file is not on the disk as it was written down.", next: "Verify the recording.") }
        if isDownload { stored.downloadName = "\(recording.id)-\(file.name)" }
        return stored
    }
}

extension RecordingFile {
    fileprivate var contentType: String {
        switch name.split(separator: ".").last {
        case "mp4": "video/mp4"
        case "jpg": "image/jpeg"
        case "vtt": "text/vtt; charset=utf-8"
        case "json": "application/json"
        default: "text/plain; charset=utf-8"
        }
    }
}

/// What the disk says of a regular file.
struct FileFacts: Hashable, Sendable {
    let bytes: Int64
    let modified: HTTPDate

    /// Nil where there is none.
    init?(_ path: String) {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? NSNumber,
            let date = attributes[.modificationDate] as? Date
        else { return nil }
        bytes = size.int64Value
        modified = HTTPDate(UTCInstant(date))
    }
}
