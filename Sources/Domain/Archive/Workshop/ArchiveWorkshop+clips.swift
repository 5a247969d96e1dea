import Events
import Identifiers
import Logging
import Recording
import Time

extension ArchiveWorkshop {
    /// Has a clip made as soon as its turn comes.
    package func order(_ clip: Clip) async throws {
        try await materials.recordings.save(clip)
        wake()
    }

    /// The first whose recording nobody works on.
    func clipToMake() async throws -> Clip? {
        try await materials.recordings.clipsToMake().first { hands.take($0.recording) }
    }

    /// Makes a clip whose recording is in hand, and puts that down. Interrupted, it is simply made again.
    ///
    /// - Returns: whether what became of it could be written down.
    func make(_ clip: Clip) async -> Bool {
        defer {
            hands.putDown(clip.recording)
            note(nil, of: clip.id)
        }
        var outcome = clip
        do {
            outcome.file = try await cut(clip)
            outcome.state = .ready
        } catch {
            (outcome.state, outcome.note) = (.failed, "\(error)")
            materials.logger.warning("a clip could not be made", metadata: ["clip": "\(clip.id)", "error": "\(error)"])
        }
        return await keep(outcome)
    }

    private func cut(_ clip: Clip) async throws -> Clip.File {
        guard let recording = try await materials.recordings.recording(clip.recording), recording.state == .ready,
            let movie = recording.movies.first(where: { $0.name == clip.movie }), let start = movie.startsAt
        else { throw ClipGone() }
        note(0, of: clip.id)
        let range = clip.from.since(start)..<max(clip.from, clip.until).since(start)
        let made = try await materials.folder(clip.recording).cut(
            clip.id, from: movie.name, range: range, exactness: clip.exactness
        ) { done in self.note(done, of: clip.id) }
        return Clip.File(
            startsAt: start.advanced(by: made.start), seconds: made.length.inSeconds, bytes: made.bytes, sha256: made.sha256.text)
    }

    private func keep(_ clip: Clip) async -> Bool {
        do {
            // Somebody may have removed it meanwhile.
            guard try await materials.recordings.clip(clip.id) != nil else {
                try materials.folder(clip.recording).removeClip(clip.id)
                return true
            }
            try await materials.recordings.save(clip)
            return true
        } catch {
            materials.logger.error(
                "a clip's state could not be kept", metadata: ["clip": "\(clip.id)", "error": "\(error)"])
            return false
        }
    }

    /// Removes a clip and its file.
    package func remove(_ clip: Clip) async throws {
        try await materials.recordings.remove(clip.id)
        try materials.folder(clip.recording).removeClip(clip.id)
    }
}

/// The file that a clip was to be cut from is not there as it was when the clip was asked for.
private struct ClipGone: Error, CustomStringConvertible {
    var description: String { "The recording’s files were made anew meanwhile. Ask for the clip again." }
}
