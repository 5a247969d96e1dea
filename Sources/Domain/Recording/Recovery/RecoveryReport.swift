package import Media
package import Time

/// What a recovery found and did.
package struct RecoveryReport: Hashable, Sendable {
    package struct Track: Hashable, Sendable {
        package let kind: TrackKind
        package let chunks: Int
        /// The end of the last chunk that was kept; nil where none was.
        package let keptUntil: UTCInstant?
        /// Bytes that were cut away because they were torn.
        package let mediaBytesCut: Int64
        package let indexBytesCut: Int64
    }

    package internal(set) var tracks: [Track] = []
    /// Whether the recording had not been ended: the program was killed or the power failed.
    package let wasInterrupted: Bool

    package var hasLoss: Bool { tracks.contains { $0.mediaBytesCut > 0 || $0.indexBytesCut > 0 } }

    /// The same for people, one sentence a track.
    package var text: String {
        tracks.map(\.text).joined(separator: "\n")
    }
}

extension RecoveryReport.Track {
    fileprivate var text: String {
        let until = keptUntil.map { "kept until \(ExactInstant($0))" } ?? "nothing was kept"
        let kept = "\(kind.rawValue): \(until), \(chunks) chunks"
        guard mediaBytesCut > 0 || indexBytesCut > 0 else { return kept + "; nothing was torn." }
        return kept + "; \(mediaBytesCut) bytes of media and \(indexBytesCut) bytes of index were torn and cut away."
    }
}
