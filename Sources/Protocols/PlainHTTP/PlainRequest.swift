package import NIOCore

/// The head of an HTTP/1.1 request in its plain form, in which nearly all come (RFC 9112 §3, §5): what is in any way out of the
/// ordinary is foreign, and left to the general parser.
///
/// Plain is stricter than the RFC: every line ends with CR LF; no folded line; no transfer coding, expectation, upgrade or other
/// connection option than `keep-alive`; at most one `Content-Length`, in digits. So whatever is plain here means the same to every
/// parser, and it is certain where the next request begins.
package struct PlainRequest: Hashable, Sendable {
    package enum Method: Sendable {
        case get
        case head
        case other
    }

    package enum Reading: Hashable, Sendable {
        case incomplete
        case foreign
        /// `length`: bytes of the head.
        case plain(PlainRequest, length: Int)
    }

    /// Fields whose values are told.
    package enum Field: Int, CaseIterable, Sendable {
        case cookie
        case acceptEncoding
        case origin
        case forwardedProto
        case forwardedHost
        case forwardedFor
    }

    package let method: Method
    package let contentLength: Int
    /// Whether it sets conditions or asks for ranges.
    package let isConditional: Bool
    let head: ByteBuffer
    let targetPlace: Range<Int>
    let places: [Range<Int>?]

    /// What stands between method and version: visible ASCII.
    package var target: String { text(targetPlace) }

    /// Nil where the request does not have the field.
    package subscript(field: Field) -> String? { places[field.rawValue].map(text) }

    private func text(_ place: Range<Int>) -> String {
        head.getString(at: head.readerIndex + place.lowerBound, length: place.count) ?? ""
    }
}

extension PlainRequest {
    /// Longest head that can be plain, in bytes.
    package static let maximumLength = 16 * 1024
    /// Most fields.
    package static let maximumFields = 64

    /// Reads the head at the beginning of `bytes`.
    package static func read(_ bytes: ByteBuffer) -> Reading {
        var reader = PlainHeadReader(bytes)
        return reader.read()
    }
}
