package import NIOCore

/// Cuts access units of H.264 for packetization-mode 1 (RFC 6184 §6.3).
///
/// Small units at the head of a frame (parameter sets, SEI) go together in one packet; each larger one in fragments of one
/// size, the last alone may be smaller, so that the kernel cuts them from one write (UDP GSO).
package struct H264Packetiser: Sendable {
    /// Bytes of one payload at most.
    private let maximumPayload: Int
    /// Bytes that precede a fragment: its indicator and its header.
    private static let fragmentHeader = 2

    package init(maximumPayload: Int) {
        precondition(maximumPayload > 64, "a path carries more than a few bytes")
        self.maximumPayload = maximumPayload
    }

    /// The payloads of one frame in order; the marker belongs to the last.
    ///
    /// - Parameters:
    ///   - units: The NAL units of the frame, parameter sets before a key frame. Delimiters are left out.
    package func packetise(_ units: [ByteBuffer]) -> [ByteBuffer] {
        var payloads: [ByteBuffer] = []
        var small: [ByteBuffer] = []
        for unit in units where !unit.isDispensable {
            if !fits(unit, behind: small) {
                payloads += aggregate(small)
                small = []
            }
            if unit.readableBytes > maximumPayload { payloads += fragment(unit) } else { small.append(unit) }
        }
        return payloads + aggregate(small)
    }

    private func fits(_ unit: ByteBuffer, behind others: [ByteBuffer]) -> Bool {
        others.reduce(1 + 2 + unit.readableBytes) { $0 + 2 + $1.readableBytes } <= maximumPayload
    }

    private func aggregate(_ units: [ByteBuffer]) -> [ByteBuffer] {
        guard units.count > 1 else { return units }
        let importance = units.compactMap(\.firstByte).map { $0 & 0x60 }.max() ?? 0
        var payload = ByteBuffer(integer: importance | H264Payload.aggregate)
        for unit in units {
            payload.writeInteger(UInt16(unit.readableBytes))
            payload.writeImmutableBuffer(unit)
        }
        return [payload]
    }

    private func fragment(_ unit: ByteBuffer) -> [ByteBuffer] {
        var rest = unit
        guard let head: UInt8 = rest.readInteger() else { return [] }
        let room = maximumPayload - Self.fragmentHeader
        let count = (rest.readableBytes + room - 1) / room
        let size = (rest.readableBytes + count - 1) / count
        var payloads: [ByteBuffer] = []
        while let piece = rest.readSlice(length: min(size, rest.readableBytes)), piece.readableBytes > 0 {
            let start = payloads.isEmpty ? H264Payload.startBit : 0
            let end = rest.readableBytes == 0 ? H264Payload.endBit : 0
            var payload = ByteBuffer()
            payload.reserveCapacity(piece.readableBytes + Self.fragmentHeader)
            payload.writeInteger(head & H264Payload.importanceMask | H264Payload.fragment)
            payload.writeInteger(start | end | head & H264Payload.typeMask)
            payload.writeImmutableBuffer(piece)
            payloads.append(payload)
        }
        return payloads
    }
}

extension ByteBuffer {
    fileprivate var isDispensable: Bool {
        firstByte.map { $0 & H264Payload.typeMask == H264Payload.Unit.delimiter } ?? true
    }
}
