package import NIOCore
package import WebRTC

/// Datagrams to one peer, one after the other in one buffer: each of `size` bytes, the last perhaps smaller, so that the kernel
/// can cut them from one write (UDP GSO).
package struct DatagramTrain: Hashable, Sendable {
    /// What the kernel cuts from one write at most (UDP_MAX_SEGMENTS), and the most that a write may hold.
    static let maximumCount = 64
    static let maximumBytes = 65_000

    package let path: ICEPath
    package let bytes: ByteBuffer
    package let size: Int

    package init(path: ICEPath, bytes: ByteBuffer, size: Int) {
        precondition(size > 0, "a datagram of ours has a header")
        self.path = path
        self.bytes = bytes
        self.size = size
    }

    init(_ datagram: PeerDatagram) {
        self.init(path: datagram.path, bytes: datagram.bytes, size: max(1, datagram.bytes.readableBytes))
    }

    /// How many datagrams it is.
    package var count: Int { (bytes.readableBytes + size - 1) / size }
}
