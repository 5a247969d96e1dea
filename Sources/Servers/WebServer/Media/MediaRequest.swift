import HLS
import Identifiers
import Media
import Packaging

/// A request for live media, as its address tells it: `/media/{session}/{epoch}/…`, or the same below `/~{pass}`.
struct MediaRequest: Hashable, Sendable {
    let session: SessionID
    let epoch: Int
    let question: LiveQuestion
    /// What stands as the pass in the address; nil where the cookie holds it.
    let pass: String?

    /// Whether all that is at a path is media.
    static func isMedia(path: some StringProtocol) -> Bool {
        path.utf8.starts(with: "/media/".utf8) || path.utf8.starts(with: "/~".utf8)
    }

    /// Nil where no media can be at that address.
    ///
    /// - Throws: what is wrong with the query.
    init?(path: Substring, query: Substring) throws(BadPlaylistRequest) {
        // An array of bytes is taken apart many times faster than a text.
        var elements = Array(path.utf8).split(separator: UInt8(ascii: "/"), maxSplits: 6, omittingEmptySubsequences: false)[...]
        guard elements.popFirst()?.isEmpty == true, let first = elements.first else { return nil }
        pass = first.first == UInt8(ascii: "~") ? String(decoding: first.dropFirst(), as: UTF8.self) : nil
        if pass != nil { elements.removeFirst() }
        guard elements.popFirst()?.elementsEqual("media".utf8) == true,
            let session = elements.popFirst().flatMap({ SessionID(String(decoding: $0, as: UTF8.self)) }),
            let epoch = elements.popFirst().flatMap({ Int(String(decoding: $0, as: UTF8.self)) }),
            let question = try Self.question(elements.map { String(decoding: $0, as: UTF8.self) }, query)
        else { return nil }
        self.session = session
        self.epoch = epoch
        self.question = question
    }

    /// Whether it names something that cannot be in a playlist yet when it is asked in time.
    var mayBlock: Bool {
        if case .playlist(_, let request) = question { request.wait != nil } else { false }
    }

    private static func question(
        _ elements: [String], _ query: Substring
    ) throws(BadPlaylistRequest) -> LiveQuestion? {
        guard let name = elements.last, elements.count <= 2 else { return nil }
        guard elements.count == 2 else { return name == "index.m3u8" ? .multivariant : nil }
        guard let kind = elements.first.flatMap({ TrackKind(rawValue: $0) }) else { return nil }
        guard name == "index.m3u8" else { return MediaFile(name: name).map { .file(kind, $0) } }
        return .playlist(
            kind,
            try BlockingRequest(
                sequenceNumber: value(of: "_HLS_msn", in: query), part: value(of: "_HLS_part", in: query),
                skip: value(of: "_HLS_skip", in: query)))
    }

    /// What stands in the query; delivery directives are numbers and words, which nobody has to escape.
    private static func value(of name: String, in query: Substring) -> String? {
        for pair in Array(query.utf8).split(separator: UInt8(ascii: "&")) where pair.starts(with: name.utf8) {
            let rest = pair.dropFirst(name.utf8.count)
            if rest.first == UInt8(ascii: "=") { return String(decoding: rest.dropFirst(), as: UTF8.self) }
        }
        return nil
    }
}
