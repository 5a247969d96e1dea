/// FFmpeg's libraries are not on this machine, or not in the version that the program was made for.
package struct FFmpegMissing: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the system's loader says.
    package let reason: String

    package static let mend = "Install FFmpeg's libraries: apt install libavformat59 libswresample4 libswscale6"

    package var description: String { "FFmpeg cannot be loaded: \(reason). \(Self.mend)" }
}
