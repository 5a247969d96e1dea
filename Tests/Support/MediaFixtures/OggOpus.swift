package import NIOCore

/// Packets of Opus in a file that `ffmpeg` reads (RFC 7845, RFC 3533), a page for each.
package struct OggOpus {
    /// Stereo; of each packet everything is played.
    package private(set) var bytes = ByteBuffer()
    private var pages: UInt32 = 0
    private var samples: UInt64 = 0

    package init() {
        write(ByteBuffer(bytes: Array("OpusHead".utf8) + [1, 2, 0, 0, 0x80, 0xBB, 0, 0, 0, 0, 0]), flags: 2)
        write(ByteBuffer(bytes: Array("OpusTags".utf8) + [0, 0, 0, 0, 0, 0, 0, 0]), flags: 0)
    }

    /// Adds a packet of 20 ms.
    package mutating func append(_ packet: ByteBuffer) {
        samples += 960
        write(packet, flags: 0)
    }

    private mutating func write(_ packet: ByteBuffer, flags: UInt8) {
        var page = ByteBuffer(string: "OggS")
        page.writeMultipleIntegers(UInt8(0), flags, samples, UInt32(1), pages, UInt32(0), endianness: .little)
        let laces = Array(repeating: UInt8(255), count: packet.readableBytes / 255) + [UInt8(packet.readableBytes % 255)]
        page.writeInteger(UInt8(laces.count))
        page.writeBytes(laces)
        page.writeImmutableBuffer(packet)
        page.setInteger(Self.checksum(page), at: 22, endianness: .little)
        bytes.writeImmutableBuffer(page)
        pages += 1
    }

    private static func checksum(_ page: ByteBuffer) -> UInt32 {
        page.readableBytesView.reduce(0) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte) << 24) { sum, _ in sum << 1 ^ (sum >> 31 == 1 ? 0x04C1_1DB7 : 0) }
        }
    }
}
