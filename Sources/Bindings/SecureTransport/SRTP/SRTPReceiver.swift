package import NIOCore

/// Authenticates and decrypts what one peer sends. One owner at a time uses it.
///
/// A packet that is forged, came before, or makes no sense is refused, and changes nothing (RFC 3711 §3.3).
package final class SRTPReceiver {
    /// Streams of which it keeps count; only an authentic packet makes one.
    package static let maximumStreams = 64

    private let profile: SRTPProfile
    private let media: any PacketCipher
    private let control: any PacketCipher
    private var streams: [UInt32: ReplayWindow] = [:]
    private var controlStreams: [UInt32: ReplayWindow] = [:]

    package init(_ profile: SRTPProfile, _ master: SRTPMasterKey) throws(DTLSError) {
        self.profile = profile
        media = try profile.cipher(master, for: .rtp, .open)
        control = try profile.cipher(master, for: .rtcp, .open)
    }

    /// Turns an SRTP packet into the RTP packet that it protects.
    ///
    /// - Returns: its index (RFC 3711 §3.3.1); nil where it is refused.
    package func unprotect(_ packet: inout ByteBuffer) -> UInt64? {
        guard let shape = RTPShape(packet), let window = window(of: shape.ssrc, in: streams),
            let index = window.index(of: shape.sequence), window.isFresh(index)
        else { return nil }
        let place = PacketPlace(ssrc: shape.ssrc, index: index, isControl: false)
        let length = packet.readableBytes - profile.tagLength
        guard length >= shape.headerLength,
            open(&packet, by: media, place, text: shape.headerLength..<length, tag: length..<packet.readableBytes)
        else { return nil }
        streams[shape.ssrc, default: ReplayWindow()].note(index)
        packet.moveWriterIndex(to: packet.readerIndex + length)
        return index
    }

    /// Turns an SRTCP packet into the compound RTCP packet that it protects; false where it is refused.
    package func unprotectControl(_ packet: inout ByteBuffer) -> Bool {
        let end = packet.readableBytes
        let length = end - profile.tagLength - 4
        let (tag, word) =
            switch profile {
            case .aeadAES128GCM: (length..<end - 4, end - 4)
            case .aes128CMSHA1_80: (length + 4..<end, length)
            }
        guard length >= SRTCP.headerLength,
            let ssrc = packet.getInteger(at: packet.readerIndex + 4, as: UInt32.self),
            let said = packet.getInteger(at: packet.readerIndex + word, as: UInt32.self),
            said & SRTCP.encryptedBit != 0, let window = window(of: ssrc, in: controlStreams)
        else { return false }
        let place = PacketPlace(ssrc: ssrc, index: UInt64(said) & SRTCP.indexMask, isControl: true)
        guard window.isFresh(place.index), open(&packet, by: control, place, text: SRTCP.headerLength..<length, tag: tag) else {
            return false
        }
        controlStreams[ssrc, default: ReplayWindow()].note(place.index)
        packet.moveWriterIndex(to: packet.readerIndex + length)
        return true
    }

    /// A stream's window; nil for a stream too many.
    private func window(of ssrc: UInt32, in streams: [UInt32: ReplayWindow]) -> ReplayWindow? {
        streams[ssrc] ?? (streams.count < Self.maximumStreams ? ReplayWindow() : nil)
    }

    /// - Parameters:
    ///   - text: what is encrypted, counted from the packet's beginning; before it stands the header.
    ///   - tag: where its tag stands.
    private func open(
        _ packet: inout ByteBuffer, by cipher: any PacketCipher, _ place: PacketPlace, text: Range<Int>, tag: Range<Int>
    ) -> Bool {
        unsafe packet.withUnsafeMutableReadableBytes { bytes in
            let all = UnsafeRawBufferPointer(bytes)
            return unsafe cipher.open(
                place, header: UnsafeRawBufferPointer(rebasing: all[..<text.lowerBound]),
                UnsafeMutableRawBufferPointer(rebasing: bytes[text]), tag: UnsafeRawBufferPointer(rebasing: all[tag]))
        }
    }
}

/// As much of an RTP packet as its protection depends on (RFC 3550 §5.1).
private struct RTPShape {
    let sequence: UInt16
    let ssrc: UInt32
    /// Bytes before the payload: fixed header, contributing sources, extension.
    let headerLength: Int

    init?(_ packet: ByteBuffer) {
        var rest = packet
        guard let (first, _, sequence, _, ssrc) = rest.readMultipleIntegers(as: (UInt8, UInt8, UInt16, UInt32, UInt32).self),
            first >> 6 == 2
        else { return nil }
        self.sequence = sequence
        self.ssrc = ssrc
        var length = 12 + 4 * Int(first & 0x0F)
        if first & 0x10 != 0 {
            guard let words = packet.getInteger(at: packet.readerIndex + length + 2, as: UInt16.self) else { return nil }
            length += 4 + 4 * Int(words)
        }
        headerLength = length
    }
}
