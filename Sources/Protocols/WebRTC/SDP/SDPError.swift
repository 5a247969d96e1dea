/// What is wrong with a session description that a client sent. The message is for whoever runs that client.
package struct SDPError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Text that does not follow RFC 8866, or lacks what WebRTC needs.
        case malformed = "sdp-malformed"
        /// Well formed, and nothing that can be answered here as a whole.
        case unacceptable = "sdp-unacceptable"
        /// The client takes none of the codings that there are.
        case noCommonCodec = "sdp-no-common-codec"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
