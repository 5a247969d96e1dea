package import Identifiers
import Synchronization

/// Which recordings somebody works on: while one is being written it is not finished, and the other way round.
package final class RecordingHands: Sendable {
    private let taken = Mutex<Set<RecordingID>>([])

    package init() {}

    /// False where somebody has it in hand already.
    package func take(_ recording: RecordingID) -> Bool {
        taken.withLock { $0.insert(recording).inserted }
    }

    package func putDown(_ recording: RecordingID) {
        _ = taken.withLock { $0.remove(recording) }
    }
}
