import COpenSSL

/// Who this server is to its WebRTC peers: one certificate and its key, with what is agreed on with each of them
/// (RFC 8827 §6.5). Any thread may use it.
// Proof of safety: OpenSSL counts the context's references atomically, and nothing changes it once it is made.
@safe package final class DTLSIdentity: @unchecked Sendable {
    let context: OpaquePointer
    /// What a session description says of it.
    package let fingerprint: Fingerprint

    /// AES-128 first, which hardware does best; RSA is for peers whose own certificate is such, and who are our server.
    private static let ciphers = """
        ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:\
        ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305
        """

    /// A new key, and a certificate that vouches for itself.
    package convenience init() throws(DTLSError) {
        let key = try PrivateKey.p256()
        try self.init(Certificate.selfSigned(with: key), key)
    }

    /// What two PEM files hold.
    package convenience init(certificate: String, key: String) throws {
        try self.init(PEMFile(certificate).certificate(), PEMFile(key).privateKey())
    }

    private init(_ certificate: borrowing Certificate, _ key: borrowing PrivateKey) throws(DTLSError) {
        guard let context = unsafe SSL_CTX_new(DTLS_method()) else { throw DTLSError("no context can be made") }
        unsafe self.context = context
        fingerprint = Fingerprint(.sha256, of: certificate)
        unsafe SSL_CTX_set_options(context, HEMICYCLE_DTLS_OPTIONS)
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(SSL_MODE_RELEASE_BUFFERS), nil)
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_SESS_CACHE_MODE, Int(SSL_SESS_CACHE_OFF), nil)
        // The peer's certificate is asked for, and held against its fingerprint when the handshake is done.
        unsafe SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT) { _, _ in 1 }
        guard unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(DTLS1_2_VERSION), nil) == 1,
            unsafe SSL_CTX_set_cipher_list(context, Self.ciphers) == 1,
            // The one function of OpenSSL's that answers 0 for success.
            unsafe SSL_CTX_set_tlsext_use_srtp(context, SRTPProfile.offered) == 0
        else { throw DTLSError("OpenSSL has not the ciphers of WebRTC") }
        guard unsafe SSL_CTX_use_certificate(context, certificate.pointer) == 1,
            unsafe SSL_CTX_use_PrivateKey(context, key.pointer) == 1
        else { throw DTLSError("the certificate and the key cannot be used together") }
    }

    deinit {
        unsafe SSL_CTX_free(context)
    }
}
