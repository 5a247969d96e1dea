import HTTPTypes
import Media
import Packaging

/// How media go out: the header fields that are the same for all answers of one form.
enum MediaForm: Hashable, Sendable {
    /// Blocked: it was asked for by what it was to hold.
    case playlist(isBlocked: Bool, isPacked: Bool)
    case file(TrackKind)

    var fields: HTTPFields {
        switch self {
        case .playlist(let isBlocked, let isPacked):
            var fields: HTTPFields = [
                .contentType: RenderedPlaylist.contentType, .cacheControl: isBlocked ? Self.askedFor : Self.changing,
                .vary: "Accept-Encoding",
            ]
            if isPacked { fields[.contentEncoding] = "gzip" }
            return fields
        case .file(let kind):
            return [
                .contentType: kind == .picture ? "video/mp4" : "audio/mp4", .cacheControl: Self.immutable, .acceptRanges: "bytes",
            ]
        }
    }

    /// What has a number or a hash in its name never changes; an edge may keep it for the hour in which anybody asks.
    private static let immutable = "public, max-age=3600, immutable"
    /// A playlist changes with every part.
    private static let changing = "private, no-cache"
    /// One that was asked for by its newest part answers everybody who asks so: for six target durations, after which nobody
    /// does (rfc8216bis, appendix B).
    private static let askedFor = "public, max-age=24"
}
