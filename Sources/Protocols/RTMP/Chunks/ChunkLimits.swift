/// What one connection may make the chunk decoder hold.
package struct ChunkLimits: Hashable, Sendable {
    /// Bytes of one message. A key frame of 4K at 50 Mbit/s is about 2 MiB.
    package var messageLength: Int
    /// Chunk streams that a peer may open. OBS uses 4, ffmpeg 6.
    package var chunkStreams: Int
    /// Bytes of unfinished messages over all chunk streams: interleaving needs one picture and one sound.
    package var pendingBytes: Int

    package init(messageLength: Int = 8 << 20, chunkStreams: Int = 32, pendingBytes: Int = 12 << 20) {
        self.messageLength = messageLength
        self.chunkStreams = chunkStreams
        self.pendingBytes = pendingBytes
    }
}
