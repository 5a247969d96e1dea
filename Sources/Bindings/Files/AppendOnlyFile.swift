import Glibc

/// A file that only grows. It has one owner, who calls it from one thread at a time.
package final class AppendOnlyFile {
    private let descriptor: Descriptor
    /// Where the next byte goes.
    package private(set) var length: Int64

    package var path: Path { descriptor.path }

    /// Makes an empty file with mode 0600; refuses one that exists.
    package init(creating path: Path) throws(FileError) {
        descriptor = try Descriptor(opening: path, O_RDWR | O_CREAT | O_EXCL, operation: "creating")
        length = 0
    }

    /// Opens a file to go on at its end.
    package init(extending path: Path) throws(FileError) {
        descriptor = try Descriptor(opening: path, O_RDWR, operation: "opening")
        length = try descriptor.length()
    }

    /// Adds all of the bytes. Where that fails, `length` stays, and what was written of them is overwritten by the next call.
    package func append(_ bytes: [UInt8]) throws(FileError) {
        try descriptor.write(bytes, at: length)
        length += Int64(bytes.count)
    }

    /// Writes once more what was appended last, in the same pieces.
    package func rewriteEnd(_ pieces: [[UInt8]]) throws(FileError) {
        var offset = pieces.reduce(length) { $0 - Int64($1.count) }
        for piece in pieces {
            try descriptor.write(piece, at: offset)
            offset += Int64(piece.count)
        }
    }

    /// Returns when everything appended is on the disk.
    package func synchronize() throws(FileError) {
        try descriptor.synchronizeData()
    }

    /// Cuts off everything behind `length`, also what a failed append left there.
    package func truncate(to length: Int64) throws(FileError) {
        try descriptor.truncate(to: length)
        self.length = length
    }
}
