import Glibc

/// An open file, closed when its owner lets go of it.
struct Descriptor: ~Copyable {
    let number: Int32
    let path: Path

    /// Only the user whom the program runs as may read or write what it makes.
    static let fileMode: mode_t = 0o600

    init(opening path: Path, _ flags: Int32, operation: String) throws(FileError) {
        self.path = path
        number = try check(operation, path) { unsafe Glibc.open(path.text, flags | O_CLOEXEC, Self.fileMode) }
    }

    deinit {
        close(number)
    }

    /// Bytes in the file now.
    func length() throws(FileError) -> Int64 {
        var status = stat()
        try check("measuring", path) { unsafe fstat(number, &status) }
        return Int64(status.st_size)
    }

    /// Returns when the bytes, and the length needed to read them, are on the disk.
    func synchronizeData() throws(FileError) {
        try check("syncing", path) { fdatasync(number) }
    }

    /// Returns when everything is: for a folder, its entries.
    func synchronize() throws(FileError) {
        try check("syncing", path) { fsync(number) }
    }

    func truncate(to length: Int64) throws(FileError) {
        try check("truncating", path) { ftruncate(number, off_t(length)) }
    }

    /// Writes all of the bytes at `offset`, however many calls it takes.
    func write(_ bytes: [UInt8], at offset: Int64) throws(FileError) {
        var written = 0
        while written < bytes.count {
            written += try check("writing", path) {
                unsafe bytes.withUnsafeBytes { all in
                    let rest = unsafe UnsafeRawBufferPointer(rebasing: all[written...])
                    return unsafe pwrite(number, rest.baseAddress, rest.count, off_t(offset) + off_t(written))
                }
            }
        }
    }

    /// At most `count` bytes from `offset`; fewer only where the file ends.
    func read(at offset: Int64, count: Int) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = try check("reading", path) {
                unsafe bytes.withUnsafeMutableBytes { all in
                    let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: all[filled...])
                    return unsafe pread(number, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
                }
            }
            guard got > 0 else { break }
            filled += got
        }
        bytes.removeLast(count - filled)
        return bytes
    }
}
