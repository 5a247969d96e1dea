import Archive
import Events
import Hummingbird
import Identifiers
import Recording
import Time

/// Parts of recordings that people ask for.
extension Hub {
    func clip(in parameters: Parameters, of recording: RecordingID) async throws -> Clip {
        guard let id = parameters.get("clip", as: ClipID.self), let clip = try await recordings.clip(id),
            clip.recording == recording
        else { throw Problem(.notFound, "There is no such clip of this recording.") }
        return clip
    }

    func orderClip(
        of recording: ArchivedRecording, from: UTCInstant, until: UTCInstant, exactness: ClipExactness = .frame, title: String?,
        by actor: AuditActor
    ) async throws -> Clip {
        let title = try title.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }.map(Self.checked(title:))
        guard from < until else { throw Problem(.impossible, "The end of a clip comes after its beginning.") }
        guard let movie = recording.movies.first(where: { $0.holds(from, until) }) else {
            throw Problem(
                .impossible, "No file of the recording holds all of it.", next: "Ask for a part that lies within one file.")
        }
        guard try await recordings.clips(of: recording.id).count < Clip.most
        else { throw Problem(.conflict, "The recording has \(Clip.most) clips already.", next: "Remove some of them.") }
        let clip = Clip(
            id: ClipID(at: clock.now()), recording: recording.id, conference: recording.conference, movie: movie.name,
            from: from, until: until, exactness: exactness, title: title)
        try await audit.append(draft(.clipOrdered, clip, actor))
        try await workshop.order(clip)
        return clip
    }

    func remove(_ clip: Clip, by actor: AuditActor) async throws {
        try await audit.append(draft(.clipRemoved, clip, actor))
        try await workshop.remove(clip)
    }

    private func draft(_ kind: AuditKind, _ clip: Clip, _ actor: AuditActor) -> AuditDraft {
        AuditDraft(
            kind, conference: clip.conference, actor: actor, objects: [clip.recording.description, clip.id.description])
    }
}

extension RecordingFile {
    /// Instants are told to the millisecond.
    private static let tolerance: Duration = .milliseconds(1)

    fileprivate func holds(_ from: UTCInstant, _ until: UTCInstant) -> Bool {
        guard let startsAt else { return false }
        return from.advanced(by: Self.tolerance) >= startsAt
            && until <= startsAt.advanced(by: length + Self.tolerance)
    }
}
