import Codecs
import FFmpeg
import Files
import Media
import NIOCore
import Time

extension RecordingFinishing {
    /// Writes one MP4.
    mutating func join(
        _ piece: RecordingPiece, as name: String, progress: (Double) -> Void
    ) throws(RecordingError) {
        guard let from = piece.from, let to = piece.to else { return }
        let (start, end) = (manifest.exact(from), manifest.exact(to))
        let partial = recording.path.appending(Folder.partialName(of: name))
        do {
            let sources = try TrackKind.allCases.compactMap { piece.parts[$0] }.map(source)
            let chapters = PlacedChapter.place(chapters, from: start.instant, to: end.instant)
            _ = try Remuxer.join(
                sources, from: from, chapters: chapters.map(\.chapter), to: partial.text, progress: progress)
        } catch {
            throw RecordingError(error)
        }
        let bytes = try filing { () throws(FileError) in
            try recording.folder.keepPartial(of: name)
            return try ReadableFile(recording.path.appending(name)).length()
        }
        manifest.products.append(RecordingManifest.Product(file: name, from: start, to: end, bytes: bytes))
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
}
