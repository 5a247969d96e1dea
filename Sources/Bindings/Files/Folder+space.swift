import Glibc

extension Folder {
    /// Bytes that this user may still write on the disk that holds the folder (statvfs(3), `f_bavail`).
    package func freeBytes() throws(FileError) -> Int64 {
        var status = statvfs()
        try check("measuring the free space of", path) { unsafe statvfs(path.text, &status) }
        let (bytes, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return overflow ? .max : Int64(clamping: bytes)
    }
}
