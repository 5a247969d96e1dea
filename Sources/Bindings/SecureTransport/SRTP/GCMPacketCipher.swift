import COpenSSL

/// AEAD_AES_128_GCM (RFC 7714): the tag stands behind the text, and in SRTCP the word behind the tag.
final class GCMPacketCipher: PacketCipher {
    private let context: CipherContext
    /// The salt in the first 96 bits.
    private let salt: UInt128
    private let tagLength = SRTPProfile.aeadAES128GCM.tagLength

    init(_ keys: SRTPSessionKeys, _ direction: CipherContext.Direction) throws(DTLSError) {
        context = try unsafe CipherContext(EVP_aes_128_gcm(), key: keys.cipherKey, direction)
        salt = UInt128(bigEndianBytes: keys.salt) << 32
    }

    func seal(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ clear: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer
    ) -> Bool {
        let tag = unsafe target + clear.count
        guard unsafe begin(place, header), unsafe context.apply(from: clear, to: target), context.finish(),
            unsafe context.readTag(to: tag, count: tagLength)
        else { return false }
        if place.isControl { unsafe (tag + tagLength).storeBytes(of: place.word.bigEndian, as: UInt32.self) }
        return true
    }

    func open(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ sealed: UnsafeMutableRawBufferPointer, tag: UnsafeRawBufferPointer
    ) -> Bool {
        guard let expected = tag.baseAddress else { return false }
        return unsafe begin(place, header)
            && context.apply(from: UnsafeRawBufferPointer(sealed), to: sealed.baseAddress)
            && context.expectTag(expected, count: tagLength) && context.finish()
    }

    /// The counter is two zero bytes, the SSRC and the index, with the salt over them (§8.1, §9.1).
    private func begin(_ place: PacketPlace, _ header: UnsafeRawBufferPointer) -> Bool {
        let counter = salt ^ UInt128(place.ssrc) << 80 ^ UInt128(place.index) << 32
        guard unsafe withUnsafeBytes(of: counter.bigEndian, { unsafe context.begin($0.baseAddress) }),
            unsafe context.apply(from: header, to: nil)
        else { return false }
        return unsafe !place.isControl || place.withWord { unsafe context.apply(from: $0, to: nil) }
    }
}

extension UInt128 {
    /// The bytes as a number, of which at most 16 count.
    init(bigEndianBytes bytes: [UInt8]) {
        self = bytes.prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
