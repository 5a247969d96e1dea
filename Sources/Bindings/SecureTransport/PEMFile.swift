import COpenSSL

/// A PEM file that OpenSSL reads, and owns all that it allocates for that.
@safe struct PEMFile: ~Copyable {
    private let source: OpaquePointer
    private let path: String

    init(_ path: String) throws(CertificateError) {
        guard let source = unsafe BIO_new_file(path, "r") else {
            ERR_clear_error()
            throw CertificateError(.unreadable, "\(path) cannot be read: is it there, and may this user read it?")
        }
        unsafe self.source = source
        self.path = path
    }

    deinit {
        unsafe BIO_free(source)
    }

    /// The first certificate of the file: the server's own.
    consuming func certificate() throws(CertificateError) -> Certificate {
        guard let certificate = unsafe PEM_read_bio_X509(source, nil, nil, nil) else {
            ERR_clear_error()
            throw CertificateError(.notPEM, "\(path) holds no certificate in PEM (-----BEGIN CERTIFICATE-----).")
        }
        return unsafe Certificate(taking: certificate)
    }

    consuming func privateKey() throws(CertificateError) -> PrivateKey {
        var isEncrypted = false
        let key = unsafe withUnsafeMutablePointer(to: &isEncrypted) { asked in
            // Without an answer of our own OpenSSL would ask on the terminal and wait.
            unsafe PEM_read_bio_PrivateKey(
                source, nil,
                { _, _, _, asked in
                    unsafe asked?.assumingMemoryBound(to: Bool.self).pointee = true
                    return -1
                }, asked)
        }
        guard let key = unsafe key else {
            ERR_clear_error()
            throw isEncrypted
                ? CertificateError(.encrypted, "\(path) is locked with a passphrase; `openssl pkey` writes it without.")
                : CertificateError(.notPEM, "\(path) holds no private key in PEM (-----BEGIN PRIVATE KEY-----).")
        }
        return unsafe PrivateKey(taking: key)
    }
}

/// One of OpenSSL's private keys.
@safe struct PrivateKey: ~Copyable {
    let pointer: OpaquePointer

    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }
}
