import Archive
import Events
import Hummingbird
import Identifiers

extension Hub {
    /// Whether a browser is to save the file. That somebody does is put down, once for however many ranges it takes.
    ///
    /// - Parameter name: what the audit log calls the file.
    func noteDownload(
        of name: String, from recording: ArchivedRecording, _ request: Request, by actor: AuditActor
    ) async throws -> Bool {
        let isDownload = request.uri.queryParameters["download"] != nil
        if isDownload && request.method == .get && request.headers[.range] == nil {
            try await audit.append(
                AuditDraft(
                    .recordingDownloaded, conference: recording.conference, actor: actor,
                    objects: [recording.id.description, name]))
        }
        return isDownload
    }
}

extension StoredFile {
    /// A file of the archive; nil where the disk does not have it as it was written down.
    init?(at path: String, bytes: Int64, sha256: String, contentType: String) {
        guard let found = FileFacts(path), found.bytes == bytes else { return nil }
        self.init(
            path: path, bytes: bytes, contentType: contentType,
            validators: Validators(tag: EntityTag(strong: sha256), modified: found.modified))
    }
}
