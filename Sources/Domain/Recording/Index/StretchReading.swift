import Media
import Time

/// What was found in reading one stretch, its index against its media, from the start.
struct StretchReading {
    let name: StretchName
    /// nil where the first line is not valid; nothing else is read then.
    var header: StretchHeader?
    /// Bytes that the two files have.
    let mediaLength: Int64
    let indexLength: Int64
    /// The valid chunks, in order. Up to the first fault they are all there are.
    var entries: [ChunkEntry] = []
    /// The chain value of the last valid line.
    var chain: Fingerprint?
    /// Bytes of either file up to which everything is valid.
    var validMedia: Int64 = 0
    var validIndex: Int64 = 0
    /// Lines, whole or torn, behind the valid ones, where reading stopped at the first fault.
    var linesBehind = 0
    /// Up to `StretchReader.maximumFaults`.
    var faults: [RecordingFault] = []

    var isWhole: Bool { faults.isEmpty }
    var end: MediaTime? { entries.last?.end }
}
