/// The attributes that ICE uses (RFC 8489 §18.3, RFC 8445 §16.1).
enum STUNAttribute {
    static let username: UInt16 = 0x0006
    static let messageIntegrity: UInt16 = 0x0008
    static let errorCode: UInt16 = 0x0009
    static let unknownAttributes: UInt16 = 0x000A
    static let xorMappedAddress: UInt16 = 0x0020
    static let priority: UInt16 = 0x0024
    static let useCandidate: UInt16 = 0x0025
    static let fingerprint: UInt16 = 0x8028
    static let iceControlled: UInt16 = 0x8029
    static let iceControlling: UInt16 = 0x802A

    /// Whether a message with it may not be answered by who does not know it (§14).
    static func mustBeKnown(_ type: UInt16) -> Bool { type < 0x8000 }
}

/// Why a datagram is no STUN message; for the counters.
package struct STUNError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        case malformed
        /// What the message says of its own bytes is not so (RFC 8489 §14.7).
        case wrongFingerprint = "wrong-fingerprint"
    }

    package let code: Code
}
