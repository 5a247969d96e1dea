/// Which packet is sealed or opened: what its counter is made of besides the key.
struct PacketPlace {
    let ssrc: UInt32
    /// Of RTP the 48 bits of rollover counter and sequence number, of RTCP the 31 bits of the SRTCP index.
    let index: UInt64
    let isControl: Bool

    /// What is authenticated beside the packet's own bytes: the rollover counter, or the word that an SRTCP packet carries, whose
    /// first bit says that it is encrypted (RFC 3711 §3.4, §4.2).
    var word: UInt32 {
        isControl ? UInt32(truncatingIfNeeded: index) | 0x8000_0000 : UInt32(truncatingIfNeeded: index >> 16)
    }
}

/// Protects the packets of one direction, RTP or RTCP, by one profile.
protocol PacketCipher: AnyObject {
    /// Writes to `target` the encrypted `clear` and, behind it, all that the profile adds.
    func seal(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ clear: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer
    ) -> Bool

    /// Authenticates a packet and decrypts it where it stands.
    ///
    /// - Parameters:
    ///   - sealed: what stands behind the header, without what the profile adds.
    ///   - tag: what the packet carries.
    func open(
        _ place: PacketPlace, header: UnsafeRawBufferPointer, _ sealed: UnsafeMutableRawBufferPointer, tag: UnsafeRawBufferPointer
    ) -> Bool
}

extension PacketPlace {
    /// The word in network order.
    func withWord<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        unsafe withUnsafeBytes(of: word.bigEndian) { unsafe body($0) }
    }
}
