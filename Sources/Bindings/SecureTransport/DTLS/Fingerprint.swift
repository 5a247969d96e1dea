import COpenSSL

/// The digest of a certificate, by which a peer's session description vouches for the certificate it shows (RFC 8122 §5).
package struct Fingerprint: Hashable, Sendable {
    /// The hash functions that are strong enough to vouch.
    package enum Algorithm: String, CaseIterable, Hashable, Sendable {
        case sha256 = "sha-256"
        case sha384 = "sha-384"
        case sha512 = "sha-512"
    }

    package let algorithm: Algorithm
    package let digest: [UInt8]

    package init(algorithm: Algorithm, digest: [UInt8]) {
        self.algorithm = algorithm
        self.digest = digest
    }

    init(_ algorithm: Algorithm, of certificate: borrowing Certificate) {
        self.algorithm = algorithm
        digest = certificate.digest(algorithm)
    }
}

extension Certificate {
    func digest(_ algorithm: Fingerprint.Algorithm) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Int(EVP_MAX_MD_SIZE)) { bytes, count in
            let function =
                switch algorithm {
                case .sha256: unsafe EVP_sha256()
                case .sha384: unsafe EVP_sha384()
                case .sha512: unsafe EVP_sha512()
                }
            var length: UInt32 = 0
            count = unsafe X509_digest(pointer, function, bytes.baseAddress, &length) == 1 ? Int(length) : 0
        }
    }
}
