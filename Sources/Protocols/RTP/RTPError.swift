/// What is wrong with bytes that came as RTP or RTCP. Such a packet is dropped and counted; the peer is not told.
package struct RTPError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Bytes that do not follow the RFC.
        case malformed = "rtp-malformed"
        /// Well formed, but nothing that was negotiated here.
        case unsupported = "rtp-unsupported"
        /// Larger than a named maximum.
        case tooLarge = "rtp-too-large"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
