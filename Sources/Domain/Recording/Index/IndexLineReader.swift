import Files

/// Reads an index line by line, in pieces, so that a long one takes no memory.
struct IndexLineReader {
    struct Line: Hashable {
        /// Where it begins in the index.
        let offset: Int64
        /// With its LF, if it has one. More than a line's limit is cut into several, which no reader takes for lines.
        let bytes: [UInt8]

        var end: Int64 { offset + Int64(bytes.count) }
        var range: Range<Int64> { offset..<end }
    }

    private let file: ReadableFile
    private var buffer: ArraySlice<UInt8> = []
    private var offset: Int64 = 0

    private static let pieceSize = 1 << 16

    init(_ file: ReadableFile) {
        self.file = file
    }

    /// The next line; nil at the end of the file.
    mutating func next() throws(FileError) -> Line? {
        if buffer.count < RecordingLimits.line {
            buffer += try file.read(at: offset + Int64(buffer.count), count: Self.pieceSize)
        }
        guard !buffer.isEmpty else { return nil }
        let window = buffer.prefix(RecordingLimits.line)
        let length = window.firstIndex(of: UInt8(ascii: "\n")).map { $0 - window.startIndex + 1 } ?? window.count
        defer {
            buffer.removeFirst(length)
            offset += Int64(length)
        }
        return Line(offset: offset, bytes: Array(window.prefix(length)))
    }
}
