package import NIOCore

/// Puts the packets of one stream in order again, and waits a bounded time for those that are missing.
///
/// Put a packet in, then take outputs until there is none; `deadline` says when to ask again though nothing has come.
package struct JitterBuffer: Sendable {
    package enum Output: Hashable, Sendable {
        case packet(RTPPacket)
        /// Packets will not come any more, or the stream began anew: what follows does not continue what went before.
        case lost
    }

    package struct Configuration: Sendable {
        /// How long a missing packet is waited for: three round trips of a retransmission on a bad line.
        package var patience: TimeAmount = .milliseconds(300)
        /// Packets that may wait; about a second of 8 Mbit/s.
        package var capacity = 1024
        /// A packet this far behind what was put out is not late: the stream has begun anew (RFC 3550 §A.1).
        package var maximumMisorder: Int64 = 1000

        package init() {}
    }

    private struct Waiting {
        let number: Int64
        let packet: RTPPacket
    }

    private let configuration: Configuration
    private var unwrapper = Unwrapper<UInt16>()
    private var waiting = CircularBuffer<Waiting>()
    /// The number that is to be put out next; nil before the first packet.
    private var expected: Int64?
    private var hasBegunAnew = false
    /// Since when the next packet has been waited for while later ones are here.
    private var blockedSince: NIODeadline?
    /// Packets that came after their turn, or twice.
    package private(set) var late = 0

    package init(_ configuration: Configuration = Configuration()) {
        self.configuration = configuration
    }

    package mutating func insert(_ packet: RTPPacket) {
        let number = unwrapper.unwrap(packet.header.sequence)
        if let expected, number < expected {
            guard expected - number > configuration.maximumMisorder else { return late += 1 }
            beginAnew(at: number)
        }
        if expected == nil { expected = number }
        place(Waiting(number: number, packet: packet))
    }

    /// What is next in order; nil where that has to be waited for.
    package mutating func next(at now: NIODeadline) -> Output? {
        if hasBegunAnew {
            hasBegunAnew = false
            return .lost
        }
        guard let first = waiting.first else { return nil }
        guard first.number == expected else { return giveUp(before: first, at: now) }
        blockedSince = nil
        waiting.removeFirst()
        expected = first.number + 1
        return .packet(first.packet)
    }

    /// When the patience with what is missing ends; nil where nothing waits.
    package var deadline: NIODeadline? { blockedSince.map { $0 + configuration.patience } }

    private mutating func giveUp(before first: Waiting, at now: NIODeadline) -> Output? {
        let since = blockedSince ?? now
        blockedSince = since
        guard now >= since + configuration.patience || waiting.count > configuration.capacity else { return nil }
        blockedSince = nil
        expected = first.number
        return .lost
    }

    private mutating func beginAnew(at number: Int64) {
        waiting.removeAll(keepingCapacity: true)
        blockedSince = nil
        expected = number
        hasBegunAnew = true
    }

    /// Most packets come in order, and are appended.
    private mutating func place(_ packet: Waiting) {
        var index = waiting.endIndex
        while index > waiting.startIndex {
            let before = waiting.index(before: index)
            if waiting[before].number == packet.number { return late += 1 }
            if waiting[before].number < packet.number { break }
            index = before
        }
        index == waiting.endIndex ? waiting.append(packet) : waiting.insert(packet, at: index)
    }
}
