import Crypto
import NIOCore

extension STUNMessage {
    /// Whether who sent it knows `password` (RFC 8489 §9.1, short-term credentials).
    package func isAuthentic(_ password: String) -> Bool {
        guard let integrity else { return false }
        return HMAC<Insecure.SHA1>.isValidAuthenticationCode(
            integrity.code, authenticating: Array(integrity.covered.readableBytesView),
            using: SymmetricKey(data: Array(password.utf8)))
    }

    static func code(of covered: ByteBuffer, _ password: String) -> [UInt8] {
        let key = SymmetricKey(data: Array(password.utf8))
        return Array(HMAC<Insecure.SHA1>.authenticationCode(for: Array(covered.readableBytesView), using: key))
    }
}

/// The checksum by which STUN is told from other traffic on its port (RFC 8489 §14.7): CRC-32 of ISO/IEC 3309.
enum STUNFingerprint {
    private static let mask: UInt32 = 0x5354_554E
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }

    static func of(_ covered: ByteBuffer) -> UInt32 {
        let sum = covered.readableBytesView.reduce(UInt32.max) { sum, byte in
            table[Int((sum ^ UInt32(byte)) & 0xFF)] ^ sum >> 8
        }
        return ~sum ^ mask
    }
}
