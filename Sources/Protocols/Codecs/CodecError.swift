/// What is wrong with a codec's own parameters. The message may be shown to the person at the encoder.
package struct CodecError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Bytes that do not follow the codec's standard.
        case malformed = "codec-malformed"
        /// Well formed, but not a kind that browsers play.
        case unsupported = "codec-unsupported"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
