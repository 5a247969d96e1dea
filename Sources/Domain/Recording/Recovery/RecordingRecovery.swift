import Files
import Media
import Time

/// Brings a folder that a crash left back to what is valid in it. Done twice it changes nothing the second time.
///
/// It first reads everything and decides, and only then changes anything.
struct RecordingRecovery {
    let recording: RecordingFolder
    private(set) var manifest: RecordingManifest
    private(set) var report: RecoveryReport
    private(set) var stretches: [StretchReading] = []
    private let now: UTCInstant

    init(_ recording: RecordingFolder, at now: UTCInstant) throws(RecordingError) {
        self.recording = recording
        self.now = now
        manifest = try recording.manifest()
        report = RecoveryReport(wasInterrupted: manifest.isRunning)
    }

    mutating func run() throws(RecordingError) {
        let before = manifest
        let found = try read()
        try filing { () throws(FileError) in try recording.folder.removePartials() }
        for (stretch, stays) in found { try settle(stretch, stays: stays) }
        for kind in TrackKind.allCases { reportTrack(kind, found.map(\.0).filter { $0.reading.name.track == kind }) }
        manifest.describe(stretches)
        closeRun()
        if manifest != before { try recording.write(manifest) }
    }

    private func read() throws(RecordingError) -> [(StretchRecovery, stays: Bool)] {
        let names = try recording.stretches()
        var found: [(StretchRecovery, stays: Bool)] = []
        for name in names {
            let reading = try filing { () throws(FileError) in
                try StretchReader.read(name, of: recording, .untilFirstFault)
            }
            let isLast = !names.contains { $0.track == name.track && $0.number > name.number }
            let recovery = StretchRecovery(recording: recording, reading: reading, isLast: isLast)
            found.append((recovery, try recovery.checkTear()))
        }
        return found
    }

    private mutating func settle(_ stretch: StretchRecovery, stays: Bool) throws(RecordingError) {
        try filing { () throws(FileError) in
            if stays { try stretch.cut() } else { try stretch.remove() }
        }
        if stretch.isTorn { noteLoss(stretch) }
        if stays { stretches.append(stretch.reading) }
    }

    private mutating func noteLoss(_ stretch: StretchRecovery) {
        let until = stretch.reading.end.map { manifest.exact($0) }
        let kept = until.map { "kept until \($0)" } ?? "no chunk of it was kept"
        manifest.losses.append(
            RecordingManifest.Loss(
                file: stretch.reading.name.media, found: ExactInstant(now), keptUntil: until,
                mediaBytes: stretch.mediaBehind, indexBytes: stretch.indexBehind,
                words: "After a crash \(stretch.reading.name.text) was \(kept); \(stretch.mediaBehind) bytes of media and "
                    + "\(stretch.indexBehind) bytes of index behind that were torn and were cut away. "
                    + "What had not reached the disk before the crash is lost as well."))
    }

    private mutating func reportTrack(_ kind: TrackKind, _ stretches: [StretchRecovery]) {
        guard !stretches.isEmpty else { return }
        report.tracks.append(
            RecoveryReport.Track(
                kind: kind, chunks: stretches.reduce(0) { $0 + $1.reading.entries.count },
                keptUntil: stretches.last { $0.reading.end != nil }?.reading.end.map { manifest.exact($0).instant },
                mediaBytesCut: stretches.reduce(0) { $0 + $1.mediaBehind },
                indexBytesCut: stretches.reduce(0) { $0 + $1.indexBehind }))
    }

    /// A run that nobody ended went on for as long as its last chunk.
    private mutating func closeRun() {
        guard let began = manifest.runs.last?.began.instant else { return }
        let kept = report.tracks.compactMap(\.keptUntil).max() ?? began
        manifest.endRun(.lost, at: max(began, kept))
    }
}
