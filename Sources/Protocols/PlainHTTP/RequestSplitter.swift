package import NIOCore

/// Cuts the bytes of an HTTP/1.1 connection into requests, as long as they are plain.
///
///     head ──plain──→ body ──all of it──→ head
///       └──foreign, in too many pieces──→ uncut, for good
///
/// It reads no more than it must: where a request is not plain, nothing is certain of what follows, and the rest of the
/// connection goes uncut to the general parser.
package struct RequestSplitter {
    package enum Piece: Hashable {
        /// A whole head.
        case request(PlainRequest, ByteBuffer)
        /// Bytes of a body, or uncut ones.
        case other(ByteBuffer)
    }

    private enum State {
        /// Since how many pieces a head is being waited for.
        case head(pieces: Int)
        /// Bytes of the body still to come.
        case body(Int)
        case uncut
    }

    /// A head that comes in more is not waited for: each is read from its beginning.
    package static let maximumPieces = 4

    private var state = State.head(pieces: 0)
    private var bytes = ByteBuffer()

    package init() {}

    package mutating func append(_ more: ByteBuffer) {
        if bytes.readableBytes == 0 { bytes = more } else { bytes.writeImmutableBuffer(more) }
        if case .head(let pieces) = state { state = .head(pieces: pieces + 1) }
    }

    /// Whether all bytes were given out.
    package var isEmpty: Bool { bytes.readableBytes == 0 }

    /// The next piece; nil where more bytes are needed.
    package mutating func next() -> Piece? {
        guard bytes.readableBytes > 0 else { return nil }
        switch state {
        case .head(let pieces): return head(pieces)
        case .body(let rest): return body(rest)
        case .uncut: return take(bytes.readableBytes).map(Piece.other)
        }
    }

    private mutating func head(_ pieces: Int) -> Piece? {
        switch PlainRequest.read(bytes) {
        case .incomplete where pieces < Self.maximumPieces: return nil
        case .incomplete, .foreign:
            state = .uncut
            return next()
        case .plain(let request, let length):
            state = request.contentLength > 0 ? .body(request.contentLength) : .head(pieces: 1)
            return take(length).map { .request(request, $0) }
        }
    }

    private mutating func body(_ rest: Int) -> Piece? {
        let length = min(rest, bytes.readableBytes)
        state = length < rest ? .body(rest - length) : .head(pieces: 1)
        return take(length).map(Piece.other)
    }

    /// Lets go of what was read, so that the connection's buffer may be used again.
    private mutating func take(_ length: Int) -> ByteBuffer? {
        defer { if bytes.readableBytes == 0 { bytes = ByteBuffer() } }
        return bytes.readSlice(length: length)
    }
}
