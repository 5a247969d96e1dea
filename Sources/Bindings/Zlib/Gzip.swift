import CZlib
package import NIOCore

/// The gzip format (RFC 1952).
package enum Gzip {
    /// How hard zlib tries: 6 of 9, its own choice. A playlist of a few kilobytes takes some tens of microseconds.
    private static let level: Int32 = 6

    /// Packs `bytes` whole.
    ///
    /// - Throws: where memory is short, or there are more bytes than one call of zlib takes (4 GiB).
    package static func compress(_ bytes: ByteBuffer) throws(ZlibError) -> ByteBuffer {
        var stream = unsafe z_stream()
        try check(unsafe hemicycle_deflate_init_gzip(&stream, level))
        defer { unsafe deflateEnd(&stream) }
        let bound = unsafe deflateBound(&stream, UInt(bytes.readableBytes))
        guard let capacity = UInt32(exactly: bound), let length = UInt32(exactly: bytes.readableBytes) else {
            throw ZlibError(code: Z_BUF_ERROR)
        }
        var packed = ByteBuffer()
        var status = Z_OK
        unsafe bytes.withUnsafeReadableBytes { input in
            // zlib reads the input only, though it does not say so in its type.
            unsafe stream.next_in = unsafe UnsafeMutablePointer(mutating: input.bindMemory(to: UInt8.self).baseAddress)
            unsafe stream.avail_in = length
            unsafe packed.writeWithUnsafeMutableBytes(minimumWritableBytes: Int(capacity)) { output in
                unsafe stream.next_out = unsafe output.bindMemory(to: UInt8.self).baseAddress
                unsafe stream.avail_out = capacity
                status = unsafe deflate(&stream, Z_FINISH)
                return unsafe Int(stream.total_out)
            }
        }
        guard status == Z_STREAM_END else { throw ZlibError(code: status) }
        return packed
    }

    private static func check(_ status: Int32) throws(ZlibError) {
        guard status == Z_OK else { throw ZlibError(code: status) }
    }
}

/// Why zlib did not do it.
package struct ZlibError: Error, Hashable, Sendable {
    /// One of zlib's own codes: `Z_MEM_ERROR` and so on.
    package let code: Int32
}
