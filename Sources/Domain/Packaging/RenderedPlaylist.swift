import Crypto
package import NIOCore
import Zlib

/// A playlist as it goes out, rendered and packed once for all viewers.
package struct RenderedPlaylist: Hashable, Sendable {
    package static let contentType = "application/vnd.apple.mpegurl"

    package let plain: ByteBuffer
    /// Nil where there was no memory to pack it.
    package let gzipped: ByteBuffer?
    /// Names the content, whenever and by whichever run of the program it was rendered: 16 hexadecimal digits.
    package let digest: String

    init(_ text: String) {
        plain = ByteBuffer(string: text)
        gzipped = try? Gzip.compress(plain)
        digest = SHA256.hash(data: Array(text.utf8)).name(bytes: 8)
    }
}
