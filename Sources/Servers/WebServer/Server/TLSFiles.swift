package import NIOSSL

/// The certificate with its chain, and its key, as PEM files.
package struct TLSFiles: Hashable, Sendable {
    package let certificate: String
    package let key: String

    package init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }

    /// TLS 1.2 or later (ASVS 12.1.1).
    package func load() throws(HTTPServiceError) -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map(NIOSSLCertificateSource.certificate)
            let key = try NIOSSLPrivateKey(file: key, format: .pem)
            var tls = TLSConfiguration.makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key))
            tls.minimumTLSVersion = .tlsv12
            return tls
        } catch {
            throw HTTPServiceError(
                .unusableTLS, "\(certificate) or \(key) cannot be read; both are PEM files that the server's user may read.",
                cause: error)
        }
    }
}
