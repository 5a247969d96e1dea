import NIOCore

/// Several audio, video and data messages in one (RTMP 1.0 §7.1.6): FLV tags, each followed by a back pointer.
struct AggregateMessage {
    /// Sub-messages that one may hold.
    static let maximumMessages = 1024

    private var input: ByteBuffer
    private let timestamp: UInt32
    private let stream: UInt32
    private var first: UInt32?
    private var count = 0

    init(_ message: Message) {
        input = message.payload
        timestamp = message.timestamp
        stream = message.stream
    }

    /// The next message, its time moved so that the first has the time of the whole; nil at the end.
    mutating func next() throws(RTMPError) -> Message? {
        guard input.readableBytes > 0 else { return nil }
        count += 1
        guard count <= Self.maximumMessages else {
            throw RTMPError(.excessive, "An aggregate of more than \(Self.maximumMessages) messages.")
        }
        guard let kind: UInt8 = input.readInteger(), let length = input.readUInt24(), let time = readTime(),
            input.readUInt24() != nil, let payload = input.readSlice(length: Int(length)),
            input.readInteger(as: UInt32.self) != nil
        else { throw RTMPError(.malformed, "An aggregate ends within a message.") }
        let origin = first ?? time
        first = origin
        return Message(
            Message.Kind(rawValue: kind), timestamp: timestamp &+ (time &- origin), stream: stream, payload: payload)
    }

    /// 24 bits, and the upper eight behind them.
    private mutating func readTime() -> UInt32? {
        guard let low = input.readUInt24(), let high: UInt8 = input.readInteger() else { return nil }
        return UInt32(high) << 24 | low
    }
}
