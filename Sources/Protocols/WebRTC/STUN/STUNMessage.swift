package import NIOCore

/// A STUN message (RFC 8489 §5) as it was read: what ICE asks of it, and the bytes that vouch for it.
///
/// What follows MESSAGE-INTEGRITY, but FINGERPRINT, is not read (§14.5).
package struct STUNMessage: Hashable, Sendable {
    package enum Kind: UInt16, Hashable, Sendable {
        case request = 0
        case indication = 1
        case success = 2
        case error = 3
    }

    static let cookie: UInt32 = 0x2112_A442
    static let headerLength = 20
    static let integrityLength = 20
    /// ICE knows no other.
    static let binding: UInt16 = 1
    /// Bytes that a user name may have (§14.3).
    private static let maximumUsername = 508
    /// Attributes that a message may have; ICE uses eight.
    private static let maximumAttributes = 32

    package let kind: Kind
    package let method: UInt16
    package let transaction: STUNTransaction
    package private(set) var username: String?
    package private(set) var priority: UInt32?
    package private(set) var usesCandidate = false
    package private(set) var isFromControlling = false
    package private(set) var isFromControlled = false
    package private(set) var mappedAddress: SocketAddress?
    package private(set) var errorCode: Int?
    /// Attributes that may not be overlooked, and that we do not know (§6.3.1).
    package private(set) var unknown: [UInt16] = []
    /// What MESSAGE-INTEGRITY says, and the bytes that it says it of.
    private(set) var integrity: Integrity?
    package private(set) var hasFingerprint = false

    struct Integrity: Hashable {
        let covered: ByteBuffer
        let code: [UInt8]
    }

    /// Reads one datagram, which must be the message and nothing else.
    package init(_ datagram: ByteBuffer) throws(STUNError) {
        var input = datagram
        guard let (type, length, cookie, high, low) = input.readMultipleIntegers(as: Head.self),
            type & 0xC000 == 0, cookie == Self.cookie, Int(length) == input.readableBytes, length % 4 == 0,
            let kind = Kind(rawValue: type >> 7 & 2 | type >> 4 & 1)
        else { throw STUNError(code: .malformed) }
        self.kind = kind
        method = type >> 2 & 0xF80 | type >> 1 & 0x70 | type & 0xF
        transaction = STUNTransaction(high: high, low: low)
        try readAttributes(&input, of: datagram)
    }

    private typealias Head = (UInt16, UInt16, UInt32, UInt32, UInt64)

    private mutating func readAttributes(_ input: inout ByteBuffer, of message: ByteBuffer) throws(STUNError) {
        var count = 0
        while input.readableBytes > 0 {
            let offset = message.readableBytes - input.readableBytes
            guard count < Self.maximumAttributes, !hasFingerprint,
                let (type, length) = input.readMultipleIntegers(as: (UInt16, UInt16).self),
                let value = input.readSlice(length: Int(length)), input.readSlice(length: (4 - Int(length) % 4) % 4) != nil
            else { throw STUNError(code: .malformed) }
            count += 1
            if type == STUNAttribute.fingerprint {
                try check(value, at: offset, of: message)
            } else if integrity == nil {
                try take(type, value, at: offset, of: message)
            }
        }
    }

    private mutating func take(
        _ type: UInt16, _ value: ByteBuffer, at offset: Int, of message: ByteBuffer
    ) throws(STUNError) {
        var value = value
        switch type {
        case STUNAttribute.username where value.readableBytes <= Self.maximumUsername:
            username = value.readString(length: value.readableBytes)
        case STUNAttribute.priority: priority = value.readInteger()
        case STUNAttribute.useCandidate: usesCandidate = true
        case STUNAttribute.iceControlling: isFromControlling = true
        case STUNAttribute.iceControlled: isFromControlled = true
        case STUNAttribute.xorMappedAddress: mappedAddress = transaction.address(in: &value)
        case STUNAttribute.errorCode: errorCode = Self.error(in: &value)
        case STUNAttribute.unknownAttributes: break
        case STUNAttribute.messageIntegrity:
            guard let code = value.readBytes(length: Self.integrityLength), value.readableBytes == 0 else {
                throw STUNError(code: .malformed)
            }
            integrity = Integrity(covered: message.covered(to: offset, with: 4 + Self.integrityLength), code: code)
        default:
            if STUNAttribute.mustBeKnown(type) { unknown.append(type) }
        }
    }

    private static func error(in value: inout ByteBuffer) -> Int? {
        value.readMultipleIntegers(as: (UInt16, UInt8, UInt8).self).map { Int($0.1 & 7) * 100 + Int($0.2) }
    }

    private mutating func check(_ value: ByteBuffer, at offset: Int, of message: ByteBuffer) throws(STUNError) {
        let sum = STUNFingerprint.of(message.covered(to: offset, with: 8))
        guard value.readableBytes == 4, value.getInteger(at: value.readerIndex) == sum else {
            throw STUNError(code: .wrongFingerprint)
        }
        hasFingerprint = true
    }
}

extension ByteBuffer {
    /// The first `count` bytes of a message, whose length says as if it ended with an attribute of `length` bytes behind them:
    /// so its codes are made (RFC 8489 §14.5, §14.7).
    func covered(to count: Int, with length: Int) -> ByteBuffer {
        var covered = ByteBuffer(bytes: readableBytesView.prefix(count))
        covered.setInteger(UInt16(truncatingIfNeeded: count + length - STUNMessage.headerLength), at: 2)
        return covered
    }
}
