import COpenSSL

/// The keys of RTP or of RTCP, in one direction.
struct SRTPSessionKeys: Equatable {
    let cipherKey: [UInt8]
    /// Of HMAC-SHA1; GCM needs none.
    let authenticationKey: [UInt8]
    let salt: [UInt8]
}

extension SRTPSessionKeys {
    private static let authenticationKeyLength = 20

    enum Purpose: UInt8 {
        case rtp = 0
        case rtcp = 3
    }

    init(_ master: SRTPMasterKey, profile: SRTPProfile, for purpose: Purpose) throws(DTLSError) {
        let first = purpose.rawValue
        cipherKey = try Self.derive(SRTPProfile.keyLength, label: first, master)
        authenticationKey = try Self.derive(Self.authenticationKeyLength, label: first + 1, master)
        salt = try Self.derive(profile.saltLength, label: first + 2, master)
    }

    /// AES in counter mode from the master salt with the label in its eighth byte (RFC 3711 §4.3.3); the key derivation rate is
    /// 0. A salt of GCM's 12 bytes is filled up with zeros (RFC 7714 §11).
    private static func derive(_ count: Int, label: UInt8, _ master: SRTPMasterKey) throws(DTLSError) -> [UInt8] {
        var counter = Array((master.salt + [UInt8](repeating: 0, count: 16)).prefix(16))
        counter[7] ^= label
        let cipher = try unsafe CipherContext(EVP_aes_128_ctr(), key: master.key)
        var key = [UInt8](repeating: 0, count: count)
        let isDone = unsafe key.withUnsafeMutableBytes { bytes in
            unsafe cipher.begin(counter) && cipher.apply(from: UnsafeRawBufferPointer(bytes), to: bytes.baseAddress)
        }
        guard isDone else { throw DTLSError("the keys of SRTP cannot be derived") }
        return key
    }
}
