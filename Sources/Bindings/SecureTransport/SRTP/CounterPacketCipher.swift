import COpenSSL

/// AES_CM_128_HMAC_SHA1_80 (RFC 3711): the tag stands behind the text, and in SRTCP behind the word.
final class CounterPacketCipher: PacketCipher {
    private let context: CipherContext
    private let authentication: MessageAuthentication
    /// The salt in the first 112 bits.
    private let salt: UInt128
    private let tagLength = SRTPProfile.aes128CMSHA1_80.tagLength

    init(_ keys: SRTPSessionKeys) throws(DTLSError) {
        context = try unsafe CipherContext(EVP_aes_128_ctr(), key: keys.cipherKey)
        authentication = try MessageAuthentication(key: keys.authenticationKey)
        salt = UInt128(bigEndianBytes: keys.salt) << 16
    }

    func seal(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ clear: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer
    ) -> Bool {
        guard begin(place), unsafe context.apply(from: clear, to: target) else { return false }
        let end = unsafe target + clear.count
        if place.isControl { unsafe end.storeBytes(of: place.word.bigEndian, as: UInt32.self) }
        let tag = unsafe UnsafeMutableRawBufferPointer(start: end + (place.isControl ? 4 : 0), count: tagLength)
        let text = unsafe UnsafeRawBufferPointer(start: target, count: clear.count)
        return unsafe cover(place, header, text) && authentication.finish(tag)
    }

    func open(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ sealed: UnsafeMutableRawBufferPointer, tag: UnsafeRawBufferPointer
    ) -> Bool {
        let text = UnsafeRawBufferPointer(sealed)
        return unsafe cover(place, header, text) && authentication.matches(tag) && begin(place)
            && context.apply(from: text, to: sealed.baseAddress)
    }

    /// The counter is the salt with the SSRC and the index over it, and counts blocks in its last 16 bits (§4.1.1).
    private func begin(_ place: PacketPlace) -> Bool {
        let counter = salt ^ UInt128(place.ssrc) << 64 ^ UInt128(place.index) << 16
        return unsafe withUnsafeBytes(of: counter.bigEndian) { unsafe context.begin($0.baseAddress) }
    }

    /// Authenticates the packet and the word, which in RTP is not sent (§4.2).
    private func cover(_ place: PacketPlace, _ header: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) -> Bool {
        unsafe authentication.begin() && authentication.add(header) && authentication.add(text)
            && place.withWord { unsafe authentication.add($0) }
    }
}
