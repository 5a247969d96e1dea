package import NIOCore

/// Protects what is sent to one peer. One owner at a time uses it.
package final class SRTPSender {
    private let profile: SRTPProfile
    private let media: any PacketCipher
    private let control: any PacketCipher
    private var controlIndex: UInt64 = 0

    package init(_ profile: SRTPProfile, _ master: SRTPMasterKey) throws(DTLSError) {
        self.profile = profile
        media = try profile.cipher(master, for: .rtp, .seal)
        control = try profile.cipher(master, for: .rtcp, .seal)
    }

    /// Writes `payload`, protected, behind the RTP header that `packet` ends with.
    ///
    /// - Parameters:
    ///   - start: where in `packet` the header begins.
    ///   - index: how many packets the stream has had, as 48 bits of which the last 16 are the header's sequence number. One index
    ///     never stands for two different packets.
    /// - Returns: false where OpenSSL fails; the header is taken away then.
    package func protect(
        _ payload: ByteBuffer, behind start: Int, in packet: inout ByteBuffer, ssrc: UInt32, index: UInt64
    ) -> Bool {
        let place = PacketPlace(ssrc: ssrc, index: index & 0xFFFF_FFFF_FFFF, isControl: false)
        let end = packet.writerIndex
        let added = payload.readableBytes + profile.tagLength
        packet.reserveCapacity(minimumWritableBytes: added)
        let isDone = unsafe packet.withVeryUnsafeMutableBytes { bytes in
            unsafe payload.withUnsafeReadableBytes { clear in
                guard let target = unsafe bytes.baseAddress.map({ unsafe $0 + end }) else { return false }
                return unsafe media.seal(place, header: UnsafeRawBufferPointer(rebasing: bytes[start..<end]), clear, to: target)
            }
        }
        packet.moveWriterIndex(to: isDone ? end + added : start)
        return isDone
    }

    /// Protects the compound RTCP packet that `packet` ends with.
    ///
    /// - Parameter start: where in `packet` it begins.
    /// - Returns: false where OpenSSL fails, or there is no packet; it is taken away then.
    package func protectControl(in packet: inout ByteBuffer, from start: Int) -> Bool {
        let end = packet.writerIndex
        let ssrc = packet.getInteger(at: start + 4, as: UInt32.self)
        let added = profile.tagLength + 4
        packet.reserveCapacity(minimumWritableBytes: added)
        let isDone = unsafe packet.withVeryUnsafeMutableBytes { bytes in
            guard let ssrc, end - start >= SRTCP.headerLength, let base = bytes.baseAddress else { return false }
            let place = PacketPlace(ssrc: ssrc, index: controlIndex, isControl: true)
            let text = start + SRTCP.headerLength
            return unsafe control.seal(
                place, header: UnsafeRawBufferPointer(rebasing: bytes[start..<text]),
                UnsafeRawBufferPointer(rebasing: bytes[text..<end]), to: base + text)
        }
        controlIndex = (controlIndex + 1) & SRTCP.indexMask
        packet.moveWriterIndex(to: isDone ? end + added : start)
        return isDone
    }
}

/// The shape of an SRTCP packet (RFC 3711 §3.4).
enum SRTCP {
    /// Bytes of the first RTCP packet that stay in clear.
    static let headerLength = 8
    static let indexMask: UInt64 = 0x7FFF_FFFF
    static let encryptedBit: UInt32 = 0x8000_0000
}

extension SRTPProfile {
    func cipher(
        _ master: SRTPMasterKey, for purpose: SRTPSessionKeys.Purpose, _ direction: CipherContext.Direction
    ) throws(DTLSError) -> any PacketCipher {
        let keys = try SRTPSessionKeys(master, profile: self, for: purpose)
        switch self {
        case .aeadAES128GCM: return try GCMPacketCipher(keys, direction)
        case .aes128CMSHA1_80: return try CounterPacketCipher(keys)
        }
    }
}
