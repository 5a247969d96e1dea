import NIOCore

/// The 96 bits by which an answer names its request (RFC 8489 §5).
package struct STUNTransaction: Hashable, Sendable {
    let high: UInt32
    let low: UInt64

    package init(high: UInt32, low: UInt64) {
        self.high = high
        self.low = low
    }

    private enum Family {
        static let ipv4: UInt8 = 1
        static let ipv6: UInt8 = 2
    }

    /// Reads an address that was hidden from meddling routers (§14.2).
    func address(in value: inout ByteBuffer) -> SocketAddress? {
        guard let (_, family, port) = value.readMultipleIntegers(as: (UInt8, UInt8, UInt16).self) else { return nil }
        var address = ByteBuffer()
        switch family {
        case Family.ipv4:
            guard let word: UInt32 = value.readInteger() else { return nil }
            address.writeInteger(word ^ STUNMessage.cookie)
        case Family.ipv6:
            guard let (first, second, rest) = value.readMultipleIntegers(as: (UInt32, UInt32, UInt64).self) else { return nil }
            address.writeMultipleIntegers(first ^ STUNMessage.cookie, second ^ high, rest ^ low)
        default: return nil
        }
        return try? SocketAddress(packedIPAddress: address, port: Int(port ^ UInt16(STUNMessage.cookie >> 16)))
    }

    /// Writes an address hidden likewise.
    func write(_ address: SocketAddress, into output: inout ByteBuffer) {
        let bytes = IPAddressBytes.of(address.ipAddress ?? "")
        let mask = ByteBuffer(integers: STUNMessage.cookie, high, low).readableBytesView
        let port = UInt16(truncatingIfNeeded: address.port ?? 0) ^ UInt16(STUNMessage.cookie >> 16)
        output.writeMultipleIntegers(UInt8(0), bytes.count == 4 ? Family.ipv4 : Family.ipv6, port)
        output.writeBytes(zip(bytes, mask).map { $0 ^ $1 })
    }
}

extension ByteBuffer {
    fileprivate init(integers cookie: UInt32, _ high: UInt32, _ low: UInt64) {
        self.init()
        writeMultipleIntegers(cookie, high, low)
    }
}
