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

    /// The same for people: what happened, and a sentence for each track.
    package var text: String {
        let happened = "The recording was broken off by a crash; what had not been written by then is lost."
        return ((wasInterrupted ? [happened] : []) + tracks.map(\.text)).joined(separator: " ")
    }
}

extension RecoveryReport.Track {
    fileprivate var text: String {
        guard let keptUntil else { return "Nothing of the \(kind.rawValue) was kept." }
        let kept = "The \(kind.rawValue) was kept until \(ExactInstant(keptUntil)), \(chunks) chunks"
        guard mediaBytesCut > 0 || indexBytesCut > 0 else { return kept + "." }
        return kept + "; behind that \(mediaBytesCut) torn bytes of media and \(indexBytesCut) of index were cut away."
    }
}
