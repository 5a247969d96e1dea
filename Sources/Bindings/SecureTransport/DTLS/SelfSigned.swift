import COpenSSL

extension PrivateKey {
    /// A new key on P-256, the curve that every WebRTC peer knows (RFC 8827 §6.5).
    static func p256() throws(DTLSError) -> PrivateKey {
        guard let context = unsafe EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nil) else { throw DTLSError("a key on P-256 cannot be made") }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_keygen_init(context) == 1,
            unsafe EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
            unsafe EVP_PKEY_keygen(context, &key) == 1, let key = unsafe key
        else { throw DTLSError("a key on P-256 cannot be made") }
        return unsafe PrivateKey(taking: key)
    }
}

extension Certificate {
    /// Seconds that it is valid before now: peers' clocks are not all right.
    private static let grace = 86_400
    /// Seconds that it is valid: longer than a server runs. Peers look at its fingerprint, not at its dates.
    private static let lifetime = 365 * 86_400

    /// A certificate that vouches for itself, which is all that WebRTC asks: the session description carries its fingerprint.
    static func selfSigned(with key: borrowing PrivateKey) throws(DTLSError) -> Certificate {
        guard let new = unsafe X509_new() else { throw DTLSError("a certificate cannot be made") }
        let certificate = unsafe Certificate(taking: new)
        let name = unsafe X509_get_subject_name(new)
        // Long enough that two of one issuer never share a serial number (RFC 5280 §4.1.2.2).
        guard unsafe X509_set_version(new, Int(X509_VERSION_3)) == 1,
            unsafe setSerialNumber(of: new),
            unsafe X509_gmtime_adj(X509_getm_notBefore(new), -grace) != nil,
            unsafe X509_gmtime_adj(X509_getm_notAfter(new), lifetime) != nil,
            unsafe X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, "Hemicycle", -1, -1, 0) == 1,
            unsafe X509_set_issuer_name(new, name) == 1,
            unsafe X509_set_pubkey(new, key.pointer) == 1,
            unsafe X509_sign(new, key.pointer, EVP_sha256()) > 0
        else { throw DTLSError("a certificate cannot be made") }
        return certificate
    }

    private static func setSerialNumber(of certificate: OpaquePointer) -> Bool {
        guard let number = unsafe BN_new() else { return false }
        defer { unsafe BN_free(number) }
        return unsafe BN_rand(number, 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }
}
