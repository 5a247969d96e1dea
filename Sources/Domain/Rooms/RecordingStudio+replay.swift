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

    private func read(_ session: SessionID) async -> Replay? {
        var sources: [Replay.Source] = []
        do {
            for recording in try await repository.recordings(of: session) {
                let folder = folder(recording.id)
                guard let stretches = try? await folder.keptStretches() else { continue }
                sources.append(Replay.Source(stretches, on: folder))
            }
        } catch {
            logger.error("a session cannot be replayed", metadata: ["session": "\(session)", "error": "\(error)"])
        }
        return Replay(of: sources)
    }
}
