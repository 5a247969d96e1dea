import Crypto
import Foundation
import NIOCore

/// One file that browsers load: style, module or picture.
struct Asset: Sendable {
    let contentType: String
    let bytes: ByteBuffer
    /// The same, compressed; nil where that would gain nothing.
    let gzipped: ByteBuffer?
}

extension Asset {
    /// The media type of a file by its name; nil for what is not served.
    static func contentType(of path: String) -> String? {
        switch path.split(separator: ".").last {
        case "css": "text/css; charset=utf-8"
        case "js", "mjs": "text/javascript; charset=utf-8"
        case "svg": "image/svg+xml"
        case "txt": "text/plain; charset=utf-8"
        default: nil
        }
    }
}
