import NIOCore
import Testing

@testable import SecureTransport

struct SRTPVectorTests {
    /// RFC 3711 §B.3.
    @Test func `the keys of RFC 3711 are derived`() throws {
        let master = SRTPMasterKey(
            key: [UInt8](hex: "E1F97A0D3E018BE0D64FA32C06DE4139"), salt: [UInt8](hex: "0EC675AD498AFEEBB6960B3AABE6"))
        let keys = try SRTPSessionKeys(master, profile: .aes128CMSHA1_80, for: .rtp)
        #expect(keys.cipherKey == [UInt8](hex: "C61E7A93744F39EE10734AFE3FF7A087"))
        #expect(keys.salt == [UInt8](hex: "30CBBC08863D8C85D49DB34A9AE1"))
        #expect(keys.authenticationKey == [UInt8](hex: "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"))
    }

    /// RFC 3711 §B.2: the key stream is what zeros are encrypted to, for SSRC 0 and index 0.
    @Test func `the key stream of RFC 3711 comes out`() throws {
        let keys = SRTPSessionKeys(
            cipherKey: [UInt8](hex: "2B7E151628AED2A6ABF7158809CF4F3C"), authenticationKey: [UInt8](repeating: 0, count: 20),
            salt: [UInt8](hex: "F0F1F2F3F4F5F6F7F8F9FAFBFCFD"))
        let sealed = try seal(
            CounterPacketCipher(keys), PacketPlace(ssrc: 0, index: 0, isControl: false), header: [],
            [UInt8](repeating: 0, count: 48), added: 10)
        #expect(
            Array(sealed.prefix(48))
                == [UInt8](
                    hex: "E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0"))
    }

    private static let quidProQuo = SRTPSessionKeys(
        cipherKey: Array(0..<16), authenticationKey: [], salt: [UInt8](hex: "517569642070726f2071756f"))

    /// RFC 7714 §16.1.1.
    @Test func `the RTP packet of RFC 7714 comes out`() throws {
        let header = [UInt8](hex: "8040f17b 8041f8d3 5501a0b2")
        let clear = [UInt8](
            hex: "47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070 61727465 73207472 6573")
        let sealed = try seal(
            GCMPacketCipher(Self.quidProQuo, .seal), PacketPlace(ssrc: 0x5501_A0B2, index: 0xF17B, isControl: false),
            header: header, clear, added: 16)
        #expect(
            sealed
                == [UInt8](
                    hex: """
                        f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f 42a5f47a 51c7d19b 36de3adf 8833
                        899d7f27 beb16a91 52cf765e e4390cce
                        """))
    }

    /// RFC 7714 §17.1.
    @Test func `the RTCP packet of RFC 7714 comes out`() throws {
        let header = [UInt8](hex: "81c8000d 4d617273")
        let clear = [UInt8](
            hex: """
                4e545031 4e545032 52545020 0000042a 0000e930 4c756e61 deadbeef deadbeef deadbeef deadbeef deadbeef
                """)
        let sealed = try seal(
            GCMPacketCipher(Self.quidProQuo, .seal), PacketPlace(ssrc: 0x4D61_7273, index: 0x5D4, isControl: true),
            header: header, clear, added: 20)
        #expect(
            sealed
                == [UInt8](
                    hex: """
                        63e94885 dcdab67c a727d766 2f6b7e99 7ff5c0f7 6c06f32d c676a5f1 730d6fda 4ce09b46 86303ded 0bb9275b
                        c84aa458 96cf4d2f c5abf872 45d9eade 800005d4
                        """))
    }

    /// - Parameter added: bytes that the profile adds.
    private func seal(
        _ cipher: some PacketCipher, _ place: PacketPlace, header: [UInt8], _ clear: [UInt8], added: Int
    ) -> [UInt8] {
        var sealed = [UInt8](repeating: 0, count: clear.count + added)
        let isDone = unsafe sealed.withUnsafeMutableBytes { target in
            unsafe header.withUnsafeBytes { header in
                unsafe clear.withUnsafeBytes { clear in
                    unsafe cipher.seal(place, header: header, clear, to: target.baseAddress!)
                }
            }
        }
        #expect(isDone)
        return sealed
    }
}

extension [UInt8] {
    init(hex: String) {
        let digits = hex.filter(\.isHexDigit)
        self = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    }
}
