import FFmpeg
import Files

/// Why a recording cannot be opened, written, finished or read; for the operator and the archivist.
package struct RecordingError: Error, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The folder holds no recording, or is not there.
        case noRecording = "no-recording"
        /// The folder holds a recording already.
        case alreadyExists = "already-exists"
        /// Somebody else writes, recovers or finishes it.
        case busy
        /// It was written by a later release.
        case unknownFormat = "unknown-format"
        /// More than a crash can explain: a bit has rotted, or somebody edited the folder. Nothing was changed.
        case damaged
        /// The recording is going on, or nothing of it was kept.
        case notFinishable = "not-finishable"
        /// The disk refused.
        case disk
        /// FFmpeg refused the media.
        case media
    }

    package let code: Code
    /// What failed, and what would help.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    init(_ error: FileError) {
        self.init(error.code == .locked ? .busy : .disk, error.message, cause: error)
    }

    init(_ error: FFmpegError) {
        self.init(.media, error.description, cause: error)
    }
}

extension RecordingError: CustomStringConvertible {
    package var description: String { message }
}

/// Does work with files, and turns what they throw into an error of the recording.
func filing<Result: ~Copyable>(_ work: () throws(FileError) -> Result) throws(RecordingError) -> Result {
    do {
        return try work()
    } catch {
        throw RecordingError(error)
    }
}
