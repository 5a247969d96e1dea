package import NIOCore

/// Writes one Binding message, attribute after attribute.
package struct STUNWriter {
    private var message = ByteBuffer()
    private let transaction: STUNTransaction

    package init(_ kind: STUNMessage.Kind, _ transaction: STUNTransaction) {
        self.transaction = transaction
        let type = STUNMessage.binding | (kind.rawValue & 2) << 7 | (kind.rawValue & 1) << 4
        message.writeMultipleIntegers(type, UInt16(0), STUNMessage.cookie, transaction.high, transaction.low)
    }

    package mutating func mappedAddress(_ address: SocketAddress) {
        let transaction = transaction
        attribute(STUNAttribute.xorMappedAddress) { transaction.write(address, into: &$0) }
    }

    package mutating func username(_ name: String) {
        attribute(STUNAttribute.username) { $0.writeString(name) }
    }

    package mutating func priority(_ priority: UInt32) {
        attribute(STUNAttribute.priority) { $0.writeInteger(priority) }
    }

    package mutating func useCandidate() {
        attribute(STUNAttribute.useCandidate) { _ in }
    }

    /// Says that the sender is the controlling agent (RFC 8445 §7.1.3).
    package mutating func controlling(tieBreaker: UInt64) {
        attribute(STUNAttribute.iceControlling) { $0.writeInteger(tieBreaker) }
    }

    /// Says that the sender is the controlled agent.
    package mutating func controlled(tieBreaker: UInt64) {
        attribute(STUNAttribute.iceControlled) { $0.writeInteger(tieBreaker) }
    }

    package mutating func error(_ code: Int, _ reason: String) {
        attribute(STUNAttribute.errorCode) {
            $0.writeMultipleIntegers(UInt16(0), UInt8(code / 100), UInt8(code % 100))
            $0.writeString(reason)
        }
    }

    package mutating func unknownAttributes(_ types: [UInt16]) {
        attribute(STUNAttribute.unknownAttributes) { value in
            for type in types { value.writeInteger(type) }
        }
    }

    /// The whole message, with its integrity where there is a password, and its fingerprint.
    package consuming func finish(_ password: String?) -> ByteBuffer {
        if let password {
            let code = STUNMessage.code(of: message.covered(to: message.readableBytes, with: 24), password)
            attribute(STUNAttribute.messageIntegrity) { $0.writeBytes(code) }
        }
        let sum = STUNFingerprint.of(message.covered(to: message.readableBytes, with: 8))
        attribute(STUNAttribute.fingerprint) { $0.writeInteger(sum) }
        return message
    }

    /// Any attribute, also of those that ICE does not use.
    package mutating func attribute(_ type: UInt16, _ value: (inout ByteBuffer) -> Void) {
        let start = message.writerIndex
        message.writeMultipleIntegers(type, UInt16(0))
        value(&message)
        let length = message.writerIndex - start - 4
        message.setInteger(UInt16(length), at: start + 2)
        message.writeRepeatingByte(0, count: (4 - length % 4) % 4)
        message.setInteger(UInt16(message.writerIndex - STUNMessage.headerLength), at: 2)
    }
}
