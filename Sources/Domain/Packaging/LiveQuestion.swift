package import HLS
package import Media
package import NIOCore

/// What a viewer may ask a session's live output for.
package enum LiveQuestion: Hashable, Sendable {
    /// The playlist that names the tracks.
    case multivariant
    case playlist(TrackKind, BlockingRequest)
    /// A file beside a track's playlist.
    case file(TrackKind, MediaFile)
}

/// What comes of it.
package enum LiveAnswer: Hashable, Sendable {
    case playlist(RenderedPlaylist)
    /// The whole file.
    case file(ByteBuffer)
    /// 400: the request is a mistake; why, in words.
    case badRequest(String)
    /// 503: what was waited for has not come in time.
    case unavailable
    case notFound
}
