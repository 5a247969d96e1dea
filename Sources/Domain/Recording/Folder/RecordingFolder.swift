package import Files
import Media

/// The folder of one recording, laid out as docs/recording-format.md says. What is done with it stands in extensions.
package struct RecordingFolder: Hashable, Sendable {
    package let path: Path

    package init(_ path: Path) {
        self.path = path
    }

    package static let manifestName = "manifest.json"
    package static let posterName = "poster.jpg"
    package static let checksumsName = "checksums.sha256"

    var folder: Folder { Folder(path) }

    /// The stretches that have a media file or an index, by track and number. This, not the manifest, says what there is.
    func stretches() throws(RecordingError) -> [StretchName] {
        let names = try filing { () throws(FileError) in try folder.names() }
        return Set(names.compactMap(StretchName.init(file:))).sorted()
    }

    func stretches(of track: TrackKind) throws(RecordingError) -> [StretchName] {
        try stretches().filter { $0.track == track }
    }

    /// Takes the folder for one writer.
    func lock() throws(RecordingError) -> AdvisoryLock {
        do {
            return try AdvisoryLock(on: path)
        } catch {
            switch error.code {
            case .notFound: throw RecordingError(.noRecording, "There is no recording at \(path).", cause: error)
            case .locked: throw RecordingError(.busy, "The recording at \(path) is being written or finished.", cause: error)
            default: throw RecordingError(error)
            }
        }
    }
}
