import Files
import Time

/// Makes the derived files of a recording whose log is closed. Interrupted at any moment, it is simply done again.
struct RecordingFinishing {
    let recording: RecordingFolder
    var manifest: RecordingManifest
    let chapters: [RecordingChapter]
    private let stretches: [StretchReading]
    private let report: RecoveryReport
    let progress: (Double) -> Void

    /// How much of the work is done when the log is read, when the MP4 files are written, when the pictures are taken, and when
    /// everything is summed.
    private static let (read, joined, pictured) = (0.25, 0.6, 0.8)

    /// Reads the log, and recovers it where nobody has.
    init(
        _ recording: RecordingFolder, at now: UTCInstant, chapters: [RecordingChapter], progress: @escaping (Double) -> Void
    ) throws(RecordingError) {
        self.recording = recording
        self.chapters = chapters
        self.progress = progress
        var recovery = try RecordingRecovery(recording, at: now)
        try recovery.run()
        manifest = recovery.manifest
        stretches = recovery.stretches
        report = recovery.report
        progress(Self.read)
    }

    mutating func run() throws(RecordingError) -> FinishedRecording {
        try recording.removeProducts(&manifest)
        let pieces = RecordingPiece.pieces(of: stretches)
        try joinAll(pieces)
        try writeChapters()
        try takePictures(of: pieces) { progress(Self.joined + (Self.pictured - Self.joined) * $0) }
        try recording.write(manifest)
        let (files, checksums) = try sumFiles { progress(Self.pictured + (1 - Self.pictured) * $0) }
        progress(1)
        return FinishedRecording(
            products: manifest.products, files: files, duration: duration, checksums: checksums,
            gaps: manifest.joinedGaps, report: report)
    }

    private mutating func joinAll(_ pieces: [RecordingPiece]) throws(RecordingError) {
        for (place, piece) in pieces.enumerated() {
            let names = ProductNames(piece: place, of: pieces.count)
            try join(piece, as: names.movie) { [progress] done in
                let all = (Double(place) + done) / Double(pieces.count)
                progress(Self.read + all * (Self.joined - Self.read))
            }
        }
    }

    private var duration: Duration {
        guard let from = manifest.products.map(\.from.instant).min(), let to = manifest.products.map(\.to.instant).max() else {
            return .zero
        }
        return to.since(from)
    }
}
