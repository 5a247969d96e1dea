package import Time

/// What finishing made of a recording.
package struct FinishedRecording: Hashable, Sendable {
    package struct File: Hashable, Sendable {
        package let name: String
        package let kind: RecordingFileKind
        package let bytes: Int64
        package let sha256: Fingerprint
        /// The part of the time line that it plays; nil where it does not.
        package let playing: Range<UTCInstant>?
    }

    /// One MP4, or several where the coding parameters changed; none where nothing was recorded.
    package let products: [RecordingManifest.Product]
    /// Every file in the folder: those that play first, in order.
    package let files: [File]
    /// From the first frame of any track to the end of the last, gaps included.
    package let duration: Duration
    /// Of `checksums.sha256`, which vouches for every other file: to be kept outside the folder and handed to `verify`.
    package let checksums: Fingerprint
    /// The holes of all tracks by time, those that overlap told as one.
    package let gaps: [RecordingManifest.Gap]
    /// What recovery found when the log was read.
    package let report: RecoveryReport
}
