package import NIOCore

/// What a datagram on a port of many protocols is, by its first byte (RFC 7983 §7).
package enum DatagramKind: Hashable, Sendable {
    case stun
    case dtls
    /// RTP or RTCP; the second byte tells them apart (RFC 5761 §4).
    case media

    /// Nil for what WebRTC does not use: ZRTP, TURN channels, QUIC.
    package init?(_ datagram: ByteBuffer) {
        guard let first: UInt8 = datagram.getInteger(at: datagram.readerIndex) else { return nil }
        switch first {
        case 0...3: self = .stun
        case 20...63: self = .dtls
        case 128...191: self = .media
        default: return nil
        }
    }
}
