package import NIOCore

/// What one connection may do, and how long it may take.
package struct ConnectionLimits: Hashable, Sendable {
    package var chunks = ChunkLimits()
    /// The same for one that is not admitted yet, whoever it is: commands are short.
    package var chunksBeforeAdmission = ChunkLimits(messageLength: 16 << 10, chunkStreams: 8, pendingBytes: 32 << 10)
    package var amf = AMFLimits()
    /// From the first moment to an admitted publication, and again after a publication has ended. OBS takes five round trips.
    package var establishTime = TimeAmount.seconds(15)
    /// Without a byte. A desk that is alive sends sound 40 times a second.
    package var silence = TimeAmount.seconds(20)
    /// For a desk that was asked to come anew to end this connection: long enough for its next key frame.
    package var reconnectTime = TimeAmount.seconds(3)
    /// Commands and user controls within `commandWindow`. OBS sends 5 before it publishes, and 2 after.
    package var commands = 64
    package var commandWindow = TimeAmount.seconds(10)
    /// Messages of every kind in a second. 60 pictures and 47 packets of sound are usual; a desk that comes back from a stall
    /// sends some seconds of them at once.
    package var messagesPerSecond = 4000
    /// Bytes that may come while the desk waits to be admitted.
    package var heldBytes = 1 << 20
    /// UTF-8 bytes of the application and of the stream key.
    package var nameLength = 256

    package init() {}
}
