package import NIOCore

/// Makes messages of a chunk stream (RTMP 1.0 §5.3), however its bytes are cut.
///
/// Bytes of a message are copied once, into a buffer of its own: a frame kept for a reader then holds no receive buffer alive.
/// A chunk is consumed as it comes, so that no more than a header ever waits in `input`.
package struct ChunkDecoder: Sendable {
    /// Until the peer says otherwise (§5.4.1).
    static let initialChunkSize = 128
    /// A message is no longer than 24 bits can say, and a chunk not longer than its message.
    static let maximumChunkSize = 0xFF_FFFF
    /// Bytes set aside when a message begins. Its claimed length alone reserves no more.
    static let firstReserve = 64 << 10

    /// What is known of one chunk stream.
    private struct Lane {
        var kind: Message.Kind
        var messageStream: UInt32
        var length: Int
        /// Of the message begun last; milliseconds.
        var timestamp: UInt32
        var delta: UInt32
        var isExtended: Bool
        /// What has come of an unfinished message.
        var partial: ByteBuffer?
    }

    /// The chunk whose payload is coming in.
    private struct Open {
        let chunkStream: UInt32
        var remaining: Int
    }

    /// May be changed between messages.
    var limits: ChunkLimits
    private var chunkSize = Self.initialChunkSize
    private var input = ByteBuffer()
    private var lanes: [UInt32: Lane] = [:]
    private var open: Open?
    private var pendingBytes = 0

    package init(limits: ChunkLimits = ChunkLimits()) {
        self.limits = limits
    }

    package mutating func append(_ bytes: ByteBuffer) {
        if input.readableBytes == 0 {
            input = bytes
        } else {
            input.discardReadBytes()
            input.writeImmutableBuffer(bytes)
        }
    }

    /// Bytes given and not yet decoded.
    package var heldBytes: Int { input.readableBytes }

    /// The next whole message, nil where bytes are missing. The chunk size and aborts are obeyed here and not told.
    package mutating func next() throws(RTMPError) -> Message? {
        while true {
            if open == nil, try !openChunk() { return nil }
            guard let message = try takePayload() else {
                if open != nil { return nil }
                continue
            }
            switch message.kind {
            case .setChunkSize: try setChunkSize(message)
            case .abort: try abort(message)
            default: return message
            }
        }
    }
}

// MARK: - Headers

extension ChunkDecoder {
    /// Reads one chunk header; false where bytes are missing, with nothing consumed.
    private mutating func openChunk() throws(RTMPError) -> Bool {
        var cursor = input
        guard var header = ChunkHeader(basic: &cursor), header.readMessageHeader(from: &cursor) else { return false }
        if header.form == .none { header.isExtended = lanes[header.chunkStream]?.isExtended ?? false }
        if header.isExtended {
            guard let time: UInt32 = cursor.readInteger() else { return false }
            header.time = time
        }
        try begin(header)
        input = cursor
        return true
    }

    private mutating func begin(_ header: ChunkHeader) throws(RTMPError) {
        var lane = try lane(for: header)
        if lane.partial == nil {
            try Self.start(header, in: &lane)
            try checkLength(lane.length)
            lane.partial = ByteBufferAllocator().buffer(capacity: min(lane.length, Self.firstReserve))
        } else if header.form != .none {
            throw RTMPError(.malformed, "A message began on a chunk stream before the one before it was whole.")
        }
        let missing = lane.length - (lane.partial?.readableBytes ?? 0)
        open = Open(chunkStream: header.chunkStream, remaining: min(chunkSize, missing))
        lanes[header.chunkStream] = lane
    }

    /// A first header may leave the message stream out: librtmp, and so OBS, answers a ping so.
    private func lane(for header: ChunkHeader) throws(RTMPError) -> Lane {
        if let lane = lanes[header.chunkStream] { return lane }
        guard header.form == .full || header.form == .sameStream else {
            throw RTMPError(.malformed, "A chunk stream began with a header that leans on one before it.")
        }
        guard lanes.count < limits.chunkStreams else {
            throw RTMPError(.excessive, "More than \(limits.chunkStreams) chunk streams.")
        }
        return Lane(kind: header.kind, messageStream: 0, length: 0, timestamp: 0, delta: 0, isExtended: false)
    }

    /// Sets the fields of a new message. After a full header the delta is its timestamp (§5.3.1.2.4).
    private static func start(_ header: ChunkHeader, in lane: inout Lane) throws(RTMPError) {
        if header.form != .none {
            lane.delta = header.time
            lane.isExtended = header.isExtended
        }
        if header.form == .full || header.form == .sameStream {
            lane.length = header.length
            lane.kind = header.kind
        }
        if header.form == .full {
            lane.messageStream = header.messageStream
            lane.timestamp = header.time
        } else {
            lane.timestamp &+= lane.delta
        }
    }

    private func checkLength(_ length: Int) throws(RTMPError) {
        guard length <= limits.messageLength else {
            throw RTMPError(.excessive, "A message of \(length) bytes; at most \(limits.messageLength) are taken.")
        }
    }
}

// MARK: - Payload

extension ChunkDecoder {
    /// Moves what has come of the open chunk to its message; the message where that made it whole.
    private mutating func takePayload() throws(RTMPError) -> Message? {
        guard let chunk = open, var lane = lanes[chunk.chunkStream], var partial = lane.partial else { return nil }
        lane.partial = nil
        lanes[chunk.chunkStream] = lane
        if var bytes = input.readSlice(length: min(chunk.remaining, input.readableBytes)) {
            try hold(bytes.readableBytes)
            open?.remaining -= bytes.readableBytes
            partial.writeBuffer(&bytes)
        }
        if open?.remaining == 0 { open = nil }
        guard partial.readableBytes == lane.length else {
            lanes[chunk.chunkStream]?.partial = partial
            return nil
        }
        pendingBytes -= lane.length
        return Message(lane.kind, timestamp: lane.timestamp, stream: lane.messageStream, payload: partial)
    }

    private mutating func hold(_ count: Int) throws(RTMPError) {
        pendingBytes += count
        guard pendingBytes <= limits.pendingBytes else {
            throw RTMPError(.excessive, "More than \(limits.pendingBytes) bytes of unfinished messages.")
        }
    }

    private mutating func setChunkSize(_ message: Message) throws(RTMPError) {
        guard let size = message.payload.getInteger(at: message.payload.readerIndex, as: UInt32.self), 1...0x7FFF_FFFF ~= size
        else {
            throw RTMPError(.malformed, "A chunk size of zero, or of more than 31 bits.")
        }
        chunkSize = min(Int(size), Self.maximumChunkSize)
    }

    /// Drops an unfinished message (§5.4.2).
    private mutating func abort(_ message: Message) throws(RTMPError) {
        guard let stream = message.payload.getInteger(at: message.payload.readerIndex, as: UInt32.self) else {
            throw RTMPError(.malformed, "An abort that names no chunk stream.")
        }
        pendingBytes -= lanes[stream]?.partial?.readableBytes ?? 0
        lanes[stream]?.partial = nil
    }
}
