package import NIOCore

/// Makes a chunk stream of messages (RTMP 1.0 §5.3), each header in the shortest form that its predecessor allows.
package struct ChunkEncoder: Sendable {
    private struct Lane {
        var kind: Message.Kind
        var messageStream: UInt32
        var length: Int
        var timestamp: UInt32
        /// What a message without any header field would add to the timestamp.
        var delta: UInt32
    }

    private var chunkSize = ChunkDecoder.initialChunkSize
    private var lanes: [UInt32: Lane] = [:]

    package init() {}

    /// Writes `message` on a chunk stream of 2 to 65599. After a set-chunk-size message its own size holds.
    package mutating func encode(_ message: Message, on chunkStream: UInt32) -> ByteBuffer {
        precondition(2...65_599 ~= chunkStream, "chunk streams are chosen by our own code")
        precondition(message.payload.readableBytes <= ChunkDecoder.maximumChunkSize, "our own messages fit in 24 bits")
        var output = ByteBuffer()
        output.reserveCapacity(message.payload.readableBytes + 64)
        let time = writeHeader(of: message, on: chunkStream, to: &output)
        writePayload(message.payload, on: chunkStream, extended: time, to: &output)
        obeyOwnChunkSize(message)
        return output
    }

    /// Writes the first header; its time where that needs 32 bits.
    private mutating func writeHeader(of message: Message, on chunkStream: UInt32, to output: inout ByteBuffer) -> UInt32? {
        let (form, time) = form(for: message, after: lanes[chunkStream])
        let field = min(time, ChunkHeader.extendedMark)
        let isExtended = field == ChunkHeader.extendedMark
        Self.writeBasicHeader(form, chunkStream, to: &output)
        if form != .none { output.writeUInt24(field) }
        if form == .full || form == .sameStream {
            output.writeUInt24(UInt32(truncatingIfNeeded: message.payload.readableBytes))
            output.writeInteger(message.kind.rawValue)
        }
        if form == .full { output.writeInteger(message.stream, endianness: .little) }
        if isExtended { output.writeInteger(time) }
        lanes[chunkStream] = Lane(
            kind: message.kind, messageStream: message.stream, length: message.payload.readableBytes,
            timestamp: message.timestamp, delta: time)
        return isExtended ? time : nil
    }

    /// The shortest form, and the absolute time or delta that goes with it.
    private func form(for message: Message, after lane: Lane?) -> (ChunkHeader.Form, UInt32) {
        guard let lane, lane.messageStream == message.stream, lane.timestamp <= message.timestamp else {
            return (.full, message.timestamp)
        }
        let delta = message.timestamp - lane.timestamp
        guard lane.kind == message.kind, lane.length == message.payload.readableBytes else { return (.sameStream, delta) }
        return (lane.delta == delta ? .none : .sameLength, delta)
    }

    private func writePayload(
        _ payload: ByteBuffer, on chunkStream: UInt32, extended time: UInt32?, to output: inout ByteBuffer
    ) {
        var payload = payload
        while true {
            guard var piece = payload.readSlice(length: min(chunkSize, payload.readableBytes)) else { return }
            output.writeBuffer(&piece)
            guard payload.readableBytes > 0 else { return }
            Self.writeBasicHeader(.none, chunkStream, to: &output)
            if let time { output.writeInteger(time) }
        }
    }

    private mutating func obeyOwnChunkSize(_ message: Message) {
        guard message.kind == .setChunkSize,
            let size = message.payload.getInteger(at: message.payload.readerIndex, as: UInt32.self)
        else { return }
        chunkSize = max(1, min(Int(size), ChunkDecoder.maximumChunkSize))
    }

    private static func writeBasicHeader(_ form: ChunkHeader.Form, _ chunkStream: UInt32, to output: inout ByteBuffer) {
        let high = form.rawValue << 6
        switch chunkStream {
        case ..<64:
            output.writeInteger(high | UInt8(truncatingIfNeeded: chunkStream))
        case ..<320:
            output.writeInteger(high)
            output.writeInteger(UInt8(truncatingIfNeeded: chunkStream - 64))
        default:
            output.writeInteger(high | 1)
            output.writeInteger(UInt16(truncatingIfNeeded: chunkStream - 64), endianness: .little)
        }
    }
}
