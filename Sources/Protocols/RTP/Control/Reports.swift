import NIOCore
import Time

/// What a sender says of its stream (RFC 3550 §6.4.1), and of those that it receives.
package struct SenderReport: Hashable, Sendable {
    package let sender: SSRC
    /// When it was sent, by the sender's wall clock.
    package let time: NTPTime
    /// The same moment in the stream's timestamps.
    package let timestamp: UInt32
    package let packets: UInt32
    /// Of payload, without headers and padding.
    package let octets: UInt32
    package let blocks: [ReportBlock]

    package init(
        sender: SSRC, time: NTPTime, timestamp: UInt32, packets: UInt32, octets: UInt32, blocks: [ReportBlock] = []
    ) {
        self.sender = sender
        self.time = time
        self.timestamp = timestamp
        self.packets = packets
        self.octets = octets
        self.blocks = blocks
    }

    init(_ body: inout ByteBuffer, blocks count: UInt8) throws(RTPError) {
        sender = try body.readSource()
        guard let (time, timestamp, packets, octets) = body.readMultipleIntegers(as: (UInt64, UInt32, UInt32, UInt32).self)
        else { throw RTPError(.malformed, "A sender report that ends too early.") }
        self.time = NTPTime(value: time)
        (self.timestamp, self.packets, self.octets) = (timestamp, packets, octets)
        blocks = try ReportBlock.readAll(&body, count: count)
    }

    func write(into output: inout ByteBuffer) {
        output.writeMultipleIntegers(sender.value, time.value, timestamp, packets, octets)
        for block in blocks { block.write(into: &output) }
    }
}

/// What a receiver says of the streams that it receives (RFC 3550 §6.4.2).
package struct ReceiverReport: Hashable, Sendable {
    package let sender: SSRC
    package let blocks: [ReportBlock]

    package init(sender: SSRC, blocks: [ReportBlock]) {
        self.sender = sender
        self.blocks = blocks
    }

    init(_ body: inout ByteBuffer, blocks count: UInt8) throws(RTPError) {
        sender = try body.readSource()
        blocks = try ReportBlock.readAll(&body, count: count)
    }

    func write(into output: inout ByteBuffer) {
        output.writeInteger(sender.value)
        for block in blocks { block.write(into: &output) }
    }
}

/// How one stream arrives (RFC 3550 §6.4.1).
package struct ReportBlock: Hashable, Sendable {
    package let source: SSRC
    /// Of the packets since the report before, in 256ths.
    package let fractionLost: UInt8
    /// Since the beginning; negative where more came than were sent once. 24 bits.
    package let lost: Int32
    /// The highest sequence number, its turns around in the upper half.
    package let highestSequence: UInt32
    /// In ticks of the stream's timestamps.
    package let jitter: UInt32
    /// The middle of the time in the last sender report; 0 where there was none.
    package let lastReport: UInt32
    /// How long ago that came, in 65,536ths of a second.
    package let delay: UInt32

    package init(
        source: SSRC, fractionLost: UInt8, lost: Int32, highestSequence: UInt32, jitter: UInt32, lastReport: UInt32,
        delay: UInt32
    ) {
        self.source = source
        self.fractionLost = fractionLost
        self.lost = min(max(lost, -0x80_0000), 0x7F_FFFF)
        self.highestSequence = highestSequence
        self.jitter = jitter
        self.lastReport = lastReport
        self.delay = delay
    }

    /// How long the way there and back took, measured where the report arrives (RFC 3550 §6.4.1); nil where it says nothing.
    package func roundTrip(at now: NTPTime) -> Duration? {
        guard lastReport != 0 else { return nil }
        let units = Unwrapper<UInt32>.distance(from: lastReport &+ delay, to: now.middle)
        return units < 0 ? nil : .microseconds(units * 1_000_000 / 65_536)
    }

    fileprivate static func readAll(_ body: inout ByteBuffer, count: UInt8) throws(RTPError) -> [ReportBlock] {
        var blocks: [ReportBlock] = []
        for _ in 0..<count { blocks.append(try ReportBlock(&body)) }
        return blocks
    }

    private init(_ body: inout ByteBuffer) throws(RTPError) {
        let source = try body.readSource()
        let losses = try body.readWord()
        self.init(
            source: source, fractionLost: UInt8(losses >> 24), lost: Int32(bitPattern: losses << 8) >> 8,
            highestSequence: try body.readWord(), jitter: try body.readWord(), lastReport: try body.readWord(),
            delay: try body.readWord())
    }

    fileprivate func write(into output: inout ByteBuffer) {
        let losses = UInt32(fractionLost) << 24 | UInt32(bitPattern: lost) & 0xFF_FFFF
        output.writeMultipleIntegers(source.value, losses, highestSequence, jitter, lastReport, delay)
    }
}
