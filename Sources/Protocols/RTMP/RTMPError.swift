/// What a peer did that the protocol or our bounds do not allow. It ends the connection.
///
/// The message is for the operator's log: it tells sizes and types, never what the peer wrote, which may be a stream key.
package struct RTMPError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Not RTMP, or a version of its handshake that nobody speaks.
        case handshake = "rtmp-handshake"
        /// Bytes that do not follow the chunk stream, AMF or FLV.
        case malformed = "rtmp-malformed"
        /// Well formed, but beyond a bound that protects the server.
        case excessive = "rtmp-excessive"
        /// Well formed, but not at this moment of the connection.
        case unexpected = "rtmp-unexpected"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
