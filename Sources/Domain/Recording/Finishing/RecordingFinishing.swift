import Codecs
import Crypto
import FFmpeg
import Files
import Media
import NIOCore
import Time

/// Makes the derived files of a recording whose log is closed. Interrupted at any moment, it is simply done again.
struct RecordingFinishing {
    private let recording: RecordingFolder
    private var manifest: RecordingManifest
    private let stretches: [StretchReading]
    private let report: RecoveryReport
    private let progress: (Double) -> Void

    /// How much of the work is done when the log is read, when the MP4 files are written, and when everything is summed.
    private static let (read, joined) = (0.3, 0.8)
    /// Samples; what a list of recordings shows on a sharp screen.
    private static let posterWidth: Int32 = 640
    /// Where in the recording the poster is taken: past the slate, before the farewell.
    private static let posterPlace = 0.1

    /// Reads the log, and recovers it where nobody has.
    init(_ recording: RecordingFolder, at now: UTCInstant, progress: @escaping (Double) -> Void) throws(RecordingError) {
        self.recording = recording
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
        for (place, piece) in pieces.enumerated() {
            let name = pieces.count == 1 ? "recording.mp4" : "recording-\(place + 1).mp4"
            try join(piece, as: name, share: Double(place) / Double(pieces.count)..<Double(place + 1) / Double(pieces.count))
        }
        let poster = try makePoster(pieces)
        try recording.write(manifest)
        let sums = try sumFiles()
        let checksums = try write(sums)
        progress(1)
        return FinishedRecording(
            products: manifest.products, sums: sums, poster: poster, duration: duration, checksums: checksums,
            gaps: manifest.joinedGaps, report: report)
    }

    private var duration: Duration {
        guard let from = manifest.products.map(\.from.instant).min(), let to = manifest.products.map(\.to.instant).max() else {
            return .zero
        }
        return to.since(from)
    }
}

// MARK: - Files of the product

extension RecordingFinishing {
    /// Writes one MP4. `share` is its part of all joining.
    private mutating func join(_ piece: RecordingPiece, as name: String, share: Range<Double>) throws(RecordingError) {
        guard let from = piece.from, let to = piece.to else { return }
        let partial = recording.path.appending(Folder.partialName(of: name))
        do {
            let sources = try TrackKind.allCases.compactMap { piece.parts[$0] }.map(source)
            _ = try Remuxer.join(sources, from: from, to: partial.text) { done in
                let all = share.lowerBound + done * (share.upperBound - share.lowerBound)
                progress(Self.read + all * (Self.joined - Self.read))
            }
        } catch {
            throw RecordingError(error)
        }
        let bytes = try filing { () throws(FileError) in
            try recording.folder.keepPartial(of: name)
            return try ReadableFile(recording.path.appending(name)).length()
        }
        manifest.products.append(
            RecordingManifest.Product(file: name, from: manifest.exact(from), to: manifest.exact(to), bytes: bytes))
    }

    private func source(_ part: RecordingPiece.Part) throws(FFmpegError) -> Remuxer.Source {
        let path = recording.path.appending(part.stretch.media).text
        return Remuxer.Source(
            path: path, decodeTimes: part.from.ticks..<max(part.from.ticks, part.to.ticks),
            silence: part.stretch.track == .sound ? try silence(like: path) : nil)
    }

    /// What stands in for sound that is missing; nil where that cannot be made.
    private func silence(like path: String) throws(FFmpegError) -> Remuxer.Silence? {
        let track = try MediaProbe(path).tracks.first
        guard let track, let coding = try? AudioSpecificConfig(ByteBuffer(bytes: track.configuration)),
            let bytes = coding.silence
        else { return nil }
        return Remuxer.Silence(bytes: ByteBuffer(bytes: bytes), length: coding.samplesPerFrame)
    }

    /// Takes the poster from the piece with the longest picture; nil where no piece has one.
    private func makePoster(_ pieces: [RecordingPiece]) throws(RecordingError) -> String? {
        let pictures = zip(pieces, manifest.products).compactMap { piece, product in
            piece.parts[.picture].flatMap { part in
                piece.from.map { (file: product.file, start: (part.from - $0).duration, length: (part.to - part.from).duration) }
            }
        }
        guard let longest = pictures.max(by: { $0.length < $1.length }) else { return nil }
        let jpeg: [UInt8]?
        do {
            jpeg = try PosterExtractor.jpeg(
                from: recording.path.appending(longest.file).text, at: longest.start + longest.length * Self.posterPlace,
                width: Self.posterWidth)
        } catch {
            throw RecordingError(error)
        }
        guard let jpeg else { return nil }
        try filing { () throws(FileError) in try recording.folder.replace(RecordingFolder.posterName, with: jpeg) }
        return RecordingFolder.posterName
    }

    /// Sums every file of the folder.
    private func sumFiles() throws(RecordingError) -> [String: Fingerprint] {
        try filing { () throws(FileError) in
            let names = try recording.folder.names().filter { $0 != RecordingFolder.checksumsName }
            var sums: [String: Fingerprint] = [:]
            for (place, name) in names.enumerated() {
                sums[name] = try recording.fingerprint(of: name)
                progress(Self.joined + (1 - Self.joined) * Double(place + 1) / Double(names.count))
            }
            return sums
        }
    }

    /// Writes what sha256sum(1) checks.
    private func write(_ sums: [String: Fingerprint]) throws(RecordingError) -> Fingerprint {
        let lines = sums.sorted { $0.key < $1.key }.map { ChecksumList.line($0.value, $0.key) }
        let bytes = Array(lines.joined().utf8)
        try filing { () throws(FileError) in try recording.folder.replace(RecordingFolder.checksumsName, with: bytes) }
        return Fingerprint(of: bytes)
    }
}

extension RecordingFolder {
    /// The SHA-256 of a whole file, however long.
    func fingerprint(of name: String) throws(FileError) -> Fingerprint {
        var hash = SHA256()
        try ReadableFile(path.appending(name)).forEachPiece { hash.update(data: $0) }
        return Fingerprint(hash.finalize())
    }
}
