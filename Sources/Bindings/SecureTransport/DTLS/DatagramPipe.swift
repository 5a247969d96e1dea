import COpenSSL
import NIOCore

/// What stands between OpenSSL and the network: whole datagrams, where a memory BIO would run them together.
///
/// It belongs to one `DTLSConnection`, whose BIO points to it.
final class DatagramPipe {
    /// What came in and OpenSSL has not read yet.
    var arrived: ByteBuffer?
    /// What OpenSSL wants sent. A handshake's longest flight is a handful.
    var departing = CircularBuffer<ByteBuffer>()
}

@safe enum DatagramBIO {
    /// Bytes of a datagram: what every path carries beneath IPv6, UDP and a relay's header.
    static let mtu = 1200

    /// A BIO over `pipe`, which must outlive it.
    static func make(over pipe: DatagramPipe) -> OpaquePointer? {
        let bio = unsafe BIO_new(method.pointer)
        unsafe BIO_set_data(bio, Unmanaged.passUnretained(pipe).toOpaque())
        unsafe BIO_set_init(bio, 1)
        return unsafe bio
    }

    // Proof of safety: made once, and never changed afterwards.
    @safe private struct Method: @unchecked Sendable {
        let pointer: OpaquePointer?
    }

    private static let method: Method = {
        let method = unsafe BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "datagrams")
        unsafe BIO_meth_set_write(method) { bio, bytes, count in unsafe DatagramBIO.write(bio, bytes, count) }
        unsafe BIO_meth_set_read(method) { bio, bytes, count in unsafe DatagramBIO.read(bio, bytes, count) }
        unsafe BIO_meth_set_ctrl(method) { _, command, _, _ in DatagramBIO.control(command) }
        return unsafe Method(pointer: method)
    }()

    private static func pipe(of bio: OpaquePointer?) -> DatagramPipe? {
        unsafe BIO_get_data(bio).map { unsafe Unmanaged<DatagramPipe>.fromOpaque($0).takeUnretainedValue() }
    }

    /// One call is one datagram: OpenSSL fills it up to the MTU and flushes.
    private static func write(_ bio: OpaquePointer?, _ bytes: UnsafePointer<CChar>?, _ count: Int32) -> Int32 {
        guard let pipe = unsafe pipe(of: bio), count > 0 else { return -1 }
        unsafe pipe.departing.append(ByteBuffer(bytes: UnsafeRawBufferPointer(start: bytes, count: Int(count))))
        return count
    }

    private static func read(_ bio: OpaquePointer?, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int32) -> Int32 {
        unsafe BIO_clear_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_WRITE | BIO_FLAGS_SHOULD_RETRY)
        guard let datagram = unsafe pipe(of: bio)?.arrived.take(), count > 0 else {
            unsafe BIO_set_flags(bio, BIO_FLAGS_READ | BIO_FLAGS_SHOULD_RETRY)
            return -1
        }
        let length = min(datagram.readableBytes, Int(count))
        unsafe datagram.withUnsafeReadableBytes { source in
            unsafe UnsafeMutableRawBufferPointer(start: bytes, count: length).copyMemory(from: .init(rebasing: source[..<length]))
        }
        return Int32(length)
    }

    private static func control(_ command: Int32) -> Int {
        switch command {
        case BIO_CTRL_FLUSH: 1
        case BIO_CTRL_DGRAM_QUERY_MTU, BIO_CTRL_DGRAM_GET_FALLBACK_MTU: mtu
        default: 0
        }
    }
}
