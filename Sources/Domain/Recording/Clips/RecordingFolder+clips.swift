import Codecs
import FFmpeg
import Files
package import Identifiers
import Media
import NIOCore
import Time

/// A part of a finished file, made as a file of its own. It lies in the recording's folder and goes with it, but is no part of what
/// the recording's checksums vouch for.
package struct FinishedClip: Hashable, Sendable {
    package let bytes: Int64
    package let sha256: Fingerprint
    /// Where in the file it begins.
    package let start: Duration
    package let length: Duration
}

/// How closely a clip keeps to what was asked for.
package enum ClipExactness: String, Codable, CaseIterable, Hashable, Sendable {
    /// From key frame to key frame around it; nothing is encoded again.
    case keyFrame = "key-frame"
    /// To the picture; those between the ends and the next key frames are encoded again.
    case frame
}

extension RecordingFolder {
    package static func clipName(_ id: ClipID) -> String { "\(id)\(clipSuffix)" }

    private static let clipPrefix = "\(ClipKind.prefix)_"
    private static let clipSuffix = ".mp4"

    /// The files that the recording itself consists of.
    func ownNames() throws(FileError) -> [String] {
        try folder.names().filter { !$0.hasPrefix(Self.clipPrefix) }
    }

    /// Cuts a part out of one of the finished files, in place of what the clip was before. Works on a thread of its own.
    ///
    /// - Parameters:
    ///   - movie: the name of a finished file.
    ///   - range: from the beginning of that file.
    ///   - progress: told now and then how much is done, from 0 to 1, on that thread.
    /// - Throws: `.busy` while somebody else works on the folder, `.notFinishable` where nothing is in the range, `.media` where FFmpeg
    ///   refuses it.
    package func cut(
        _ id: ClipID, from movie: String, range: Range<Duration>, exactness: ClipExactness,
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws(RecordingError) -> FinishedClip {
        try await offPool { () throws(RecordingError) in
            let lock = try lock()
            defer { withExtendedLifetime(lock) {} }
            return try cutNow(id, from: path.appending(movie).text, range, exactness, progress)
        }
    }

    /// Nothing happens where there is no such clip.
    package func removeClip(_ id: ClipID) throws(RecordingError) {
        try filing { () throws(FileError) in
            try folder.remove(Self.clipName(id))
            try folder.remove(Folder.partialName(of: Self.clipName(id)))
        }
    }

    private func cutNow(
        _ id: ClipID, from movie: String, _ range: Range<Duration>, _ exactness: ClipExactness,
        _ progress: (Double) -> Void
    ) throws(RecordingError) -> FinishedClip {
        let name = Self.clipName(id)
        let partial = path.appending(Folder.partialName(of: name)).text
        let (start, length): (Duration, Duration)
        do {
            let order = ClipOrder(
                path: movie, range: range, isToTheFrame: exactness == .frame, parameterSets: try Self.parameterSets(of: movie))
            guard let summary = try ClipCutter.cut(order, to: partial, progress: progress) else {
                throw RecordingError(.notFinishable, "The recording has no picture or sound between these instants.")
            }
            start = summary.start
            length = try MediaProbe(partial).tracks.map { $0.start.duration + $0.duration.duration }.max() ?? .zero
        } catch let error as FFmpegError {
            throw RecordingError(error)
        } catch let error as RecordingError {
            throw error
        } catch {
            throw RecordingError(.media, "\(error)", cause: error)
        }
        return try filing { () throws(FileError) in
            try folder.keepPartial(of: name)
            let bytes = try ReadableFile(path.appending(name)).length()
            return FinishedClip(bytes: bytes, sha256: try fingerprint(of: name), start: start, length: length)
        }
    }

    /// What a key frame of the file's picture needs before it; nil where that is not H.264 behind lengths of four bytes.
    private static func parameterSets(of movie: String) throws(FFmpegError) -> ByteBuffer? {
        guard let picture = try MediaProbe(movie).tracks.first(where: { $0.kind == .picture }),
            let coding = try? AVCConfiguration(ByteBuffer(bytes: picture.configuration)), coding.lengthSize == 4
        else { return nil }
        var bytes = ByteBuffer()
        for unit in coding.sequenceParameterSets + coding.pictureParameterSets {
            bytes.writeInteger(UInt32(clamping: unit.count))
            bytes.writeBytes(unit)
        }
        return bytes
    }
}
