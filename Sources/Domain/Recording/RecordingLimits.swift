/// The bounds of the format (docs/recording-format.md). A reader relies on the writer having kept them.
enum RecordingLimits {
    /// Bytes of a chunk: what a chunker gathers before it closes one early, and a large frame beyond that.
    static let chunk = 64 << 20
    /// Bytes of an initialisation section.
    static let initialisation = 1 << 20
    /// Bytes of a line of an index, with its LF.
    static let line = 1024
    /// Bytes of a manifest.
    static let manifest = 16 << 20
    /// Bytes of a file of checksums.
    static let checksums = 1 << 20
    /// Stretches of a track. A publisher who changes its coding parameters more often is recorded no further.
    static let stretches = 1000
    /// Settings of the clock that the manifest lists.
    static let clockReadings = 1000
    /// A wall clock that is found to be off by no more than this was not set, in microseconds.
    static let clockTolerance: Int64 = 100_000
    /// Gaps that the manifest lists for a track.
    static let gaps = 10_000
    /// Bytes of media of a stretch that are appended without a sync; the chunk that reaches it is synced.
    static let unsyncedBytes = 16 << 20
    /// Lines of an index that are appended without a sync.
    static let unsyncedLines = 256
    /// Media of a track that is missing for no longer than this is no gap, in microseconds: clocks are rounded.
    static let gapTolerance: Int64 = 1000
}
