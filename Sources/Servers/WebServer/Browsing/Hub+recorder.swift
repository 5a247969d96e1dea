import Recording
import Rooms
import Time

extension Hub {
    /// How the recording of a session fares, for its pages.
    func recorder(of state: Rooms.SessionState) -> RecorderState {
        let writer = state.recording?.writer
        return RecorderState(
            code: state.recordingStatus?.rawValue ?? "off", bytes: writer?.bytesOnDisk, length: writer?.duration,
            exposure: writer?.exposure(), free: writer?.freeBytes, gaps: writer?.gapCount ?? 0,
            alarms: state.recordingAlarms.map(\.rawValue).sorted())
    }
}
