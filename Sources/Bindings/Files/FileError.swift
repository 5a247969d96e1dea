import Glibc

/// Why the operating system refused something with a file; for the operator.
package struct FileError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        case notFound = "not-found"
        case alreadyExists = "already-exists"
        /// The permissions of the file or its folder do not allow it.
        case notAllowed = "not-allowed"
        /// The disk, or what this user may use of it, is full.
        case noSpace = "no-space"
        /// The disk or the file system fails.
        case inputOutput = "input-output"
        /// Another program, or another part of this one, holds the lock.
        case locked
        /// It ends before the bytes that were asked for.
        case endOfFile = "end-of-file"
        case other
    }

    package let code: Code
    /// The path, what was being done and what the system says.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What the C library left in `errno`, read at once after the call that failed.
    init(errno number: Int32, _ operation: String, _ path: Path) {
        let reason = unsafe String(cString: strerror(number))
        self.init(Self.code(of: number), "\(path): \(operation): \(reason)")
    }

    private static func code(of number: Int32) -> Code {
        switch number {
        case ENOENT: .notFound
        case EEXIST: .alreadyExists
        case EACCES, EPERM, EROFS: .notAllowed
        case ENOSPC, EDQUOT: .noSpace
        case EIO: .inputOutput
        case EWOULDBLOCK: .locked
        default: .other
        }
    }
}

extension FileError: CustomStringConvertible {
    package var description: String { message }
}

/// Makes a system call, again while a signal interrupts it, and turns -1 into an error.
@discardableResult
func check<Result: BinaryInteger>(_ operation: String, _ path: Path, _ call: () -> Result) throws(FileError) -> Result {
    while true {
        let result = call()
        guard result == -1 else { return result }
        let number = errno
        guard number == EINTR else { throw FileError(errno: number, operation, path) }
    }
}
