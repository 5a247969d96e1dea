import Glibc

/// An exclusive lock on a folder or file, held from making it until its owner lets go of it, however the program ends (flock(2)).
/// It leaves nothing behind in the folder. It keeps out only those who ask for it, of this program and of others.
package final class AdvisoryLock: Sendable {
    private let descriptor: Descriptor

    /// - Throws: `.locked`, at once, where somebody else holds it.
    package init(on path: Path) throws(FileError) {
        let descriptor = try Descriptor(opening: path, O_RDONLY, operation: "opening")
        try check("locking", path) { flock(descriptor.number, LOCK_EX | LOCK_NB) }
        self.descriptor = descriptor
    }

    /// Closing alone would not do: a process that is being started meanwhile holds the descriptor until it has become another program.
    deinit {
        flock(descriptor.number, LOCK_UN)
    }
}
