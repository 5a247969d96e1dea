import COpenSSL

/// Why a server cannot speak DTLS; for the operator.
package struct DTLSError: Error, Hashable, Sendable, CustomStringConvertible {
    package let message: String

    /// - Parameter failure: what failed; OpenSSL's own reason, where it gives one, is added.
    init(_ failure: String) {
        message = "DTLS: \(failure)\(OpenSSLLibrary.takeReason().map { " (\($0))" } ?? "")."
    }

    package var description: String { message }
}

extension OpenSSLLibrary {
    /// What OpenSSL last complained of on this thread; its queue of complaints is empty afterwards.
    static func takeReason() -> String? {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        return unsafe ERR_reason_error_string(code).map { unsafe String(cString: $0) }
    }
}
