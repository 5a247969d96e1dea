/// Why a certificate or a key cannot be read; for the operator.
package struct CertificateError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// The file is not there, or may not be read.
        case unreadable
        /// It holds no certificate, or no private key, in PEM (RFC 7468).
        case notPEM = "not-pem"
        /// The key needs a passphrase, which a server that starts by itself cannot be asked for.
        case encrypted
        /// OpenSSL cannot make sense of what the certificate says.
        case malformed
    }

    package let code: Code
    /// What failed with which file, and what would help.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}

extension CertificateError: CustomStringConvertible {
    package var description: String { message }
}
