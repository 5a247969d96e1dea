/// What finishing made of a recording.
package struct FinishedRecording: Hashable, Sendable {
    /// One MP4, or several where the coding parameters changed; none where nothing was recorded.
    package let products: [RecordingManifest.Product]
    /// The SHA-256 of every file in the folder but the list of them, by name.
    package let sums: [String: Fingerprint]
    /// The poster's name in the folder; nil where there was no picture.
    package let poster: String?
    /// From the first frame of any track to the end of the last, gaps included.
    package let duration: Duration
    /// Of `checksums.sha256`, which vouches for every other file: to be kept outside the folder and handed to `verify`.
    package let checksums: Fingerprint
    /// The holes of all tracks by time, those that overlap told as one.
    package let gaps: [RecordingManifest.Gap]
    /// What recovery found when the log was read.
    package let report: RecoveryReport
}
