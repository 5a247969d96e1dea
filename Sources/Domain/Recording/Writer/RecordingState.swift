/// How a recording is doing, as of the last chunk or sync.
package struct RecordingState: Hashable, Sendable {
    /// Of media and index.
    package internal(set) var bytesOnDisk: Int64 = 0
    package internal(set) var chunks = 0
    /// Holes in all tracks, by time; the last `maximumGaps`.
    package internal(set) var gaps: [RecordingManifest.Gap] = []
    /// Of all tracks.
    package internal(set) var gapCount = 0
    /// Chunks that were not kept, those of pauses aside.
    package internal(set) var leftOut = 0
    /// From the first frame of any track to the end of the last.
    package internal(set) var duration: Duration = .zero
    /// Whether everything written is on the disk.
    package internal(set) var isSynced = true
    /// When last everything written was known to be on the disk.
    package internal(set) var lastSync = ContinuousClock.now
    /// What waits to be written.
    package internal(set) var queuedBytes = 0
    /// What the disk still holds for this user; nil where it could not be measured.
    package internal(set) var freeBytes: Int64?
    package internal(set) var alarms: Set<RecordingAlarm> = []

    package static let maximumGaps = 100

    /// What a power cut would cost now, at most; zero where all is synced.
    package func exposure(at now: ContinuousClock.Instant = .now) -> Duration { isSynced ? .zero : lastSync.duration(to: now) }
}
