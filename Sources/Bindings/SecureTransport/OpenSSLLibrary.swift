import COpenSSL

/// The OpenSSL that the program runs with.
package enum OpenSSLLibrary {
    /// As it names itself: `OpenSSL 3.0.22 1 Jul 2025`.
    package static var version: String { unsafe String(cString: OpenSSL_version(OPENSSL_VERSION)) }
}
