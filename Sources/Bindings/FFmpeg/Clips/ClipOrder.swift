package import NIOCore

/// A part of a file that is wanted as a file of its own.
package struct ClipOrder: Hashable, Sendable {
    /// An MP4 with an index.
    package let path: String
    /// From the beginning of the file, to the millisecond.
    package let range: Range<Duration>
    /// Whether it goes from the picture that is shown at the start to the last that begins before the end; what lies between them and
    /// the next key frames is encoded again then. Otherwise it goes from the key frame at or before the start to the first at or after
    /// the end, as they are.
    package let isToTheFrame: Bool
    /// What stands before each key frame of H.264 in a clip whose edges are encoded anew: the parameter sets of the file's picture,
    /// each behind its length in four bytes as its units are; nil where they are not.
    package let parameterSets: ByteBuffer?

    package init(path: String, range: Range<Duration>, isToTheFrame: Bool, parameterSets: ByteBuffer?) {
        self.path = path
        self.range = range
        self.isToTheFrame = isToTheFrame
        self.parameterSets = parameterSets
    }
}
