package import Media
package import NIOCore

/// What lasts of a session's chunks when they have left the memory: its recording.
package protocol ChunkShelf: Sendable {
    /// Reads from the disk; nil where it is not there any more.
    func bytes(at place: ChunkPlace) async -> ByteBuffer?
}

/// On which shelf something is, and where there.
struct Shelfmark: Sendable {
    let shelf: any ChunkShelf
    let place: ChunkPlace

    var bytes: ByteBuffer? {
        get async { await shelf.bytes(at: place) }
    }
}
