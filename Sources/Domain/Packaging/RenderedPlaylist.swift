package import NIOCore
import Zlib

/// A playlist as it goes out, rendered and packed once for all viewers.
package struct RenderedPlaylist: Hashable, Sendable {
    package static let contentType = "application/vnd.apple.mpegurl"

    package let plain: ByteBuffer
    /// Nil where there was no memory to pack it.
    package let gzipped: ByteBuffer?

    init(_ text: String) {
        self.plain = ByteBuffer(string: text)
        self.gzipped = try? Gzip.compress(plain)
    }
}

/// What comes of a request for a playlist.
package enum PlaylistAnswer: Hashable, Sendable {
    case playlist(RenderedPlaylist)
    /// 400: the request is a mistake; why, in words.
    case badRequest(String)
    /// 503: what was waited for has not come in time.
    case unavailable
    case notFound
}

/// What comes of a request for a file beside a playlist.
package enum ResourceAnswer: Hashable, Sendable {
    /// The whole file.
    case resource(ByteBuffer, contentType: String)
    /// 503: what was waited for has not come in time.
    case unavailable
    case notFound
}
