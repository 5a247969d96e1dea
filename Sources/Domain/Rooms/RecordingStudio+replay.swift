import Archive
package import Identifiers
import Logging
package import Packaging
import Recording

/// Ended sessions at the addresses at which they were live.
extension RecordingStudio {
    /// What the recordings of a session that is over have kept of it; nil where that is nothing.
    package func replay(of session: SessionID) async -> Replay? {
        await replays.replay(of: session) { await self.read(session) }
    }

    private func read(_ session: SessionID) async -> Replay? { await kept(of: session).map { Replay(of: $0) } }

    /// What there is of a session in its recordings; nil where that is nothing.
    func kept(of session: SessionID) async -> KeptMedia? {
        var sources: [KeptMedia.Source] = []
        do {
            for recording in try await repository.recordings(of: session) {
                let folder = folder(recording.id)
                guard let stretches = try? await folder.keptStretches() else { continue }
                sources.append(KeptMedia.Source(stretches, on: folder))
            }
        } catch {
            logger.error(
                "what was kept of a session cannot be read", metadata: ["session": "\(session)", "error": "\(error)"])
        }
        return KeptMedia(sources)
    }
}
