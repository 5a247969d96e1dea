import Glibc

/// A file that is read at any place. Reading does not move anything, so several may read at once.
package final class ReadableFile: Sendable {
    private let descriptor: Descriptor

    package var path: Path { descriptor.path }

    package init(_ path: Path) throws(FileError) {
        descriptor = try Descriptor(opening: path, O_RDONLY, operation: "opening")
    }

    /// The file at the path; nil where there is none.
    package static func ifPresent(_ path: Path) throws(FileError) -> ReadableFile? {
        do {
            return try ReadableFile(path)
        } catch {
            guard error.code == .notFound else { throw error }
            return nil
        }
    }

    /// Bytes in the file now.
    package func length() throws(FileError) -> Int64 {
        try descriptor.length()
    }

    /// At most `count` bytes from `offset`; fewer only where the file ends, none for a negative `offset`.
    package func read(at offset: Int64, count: Int) throws(FileError) -> [UInt8] {
        guard offset >= 0, count > 0 else { return [] }
        return try descriptor.read(at: offset, count: count)
    }

    /// The whole file, if it is no larger than `maximum`; nil where it is.
    package func readAll(atMost maximum: Int) throws(FileError) -> [UInt8]? {
        let bytes = try descriptor.read(at: 0, count: min(Int(clamping: try length()), maximum) + 1)
        return bytes.count > maximum ? nil : bytes
    }

    /// Hands all bytes from `offset` on to `body`, in order and in pieces of 1 MiB, and returns how many there were.
    @discardableResult
    package func forEachPiece(from offset: Int64 = 0, _ body: ([UInt8]) -> Void) throws(FileError) -> Int64 {
        var position = offset
        while true {
            let piece = try read(at: position, count: Self.pieceSize)
            guard !piece.isEmpty else { return position - offset }
            body(piece)
            position += Int64(piece.count)
        }
    }

    private static let pieceSize = 1 << 20
}
