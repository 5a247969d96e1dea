import NIOCore

/// The last packets of one outgoing stream, for those that are lost on the way. The payloads are shared by all viewers.
struct PacketHistory {
    /// A packet that was sent.
    struct Entry {
        /// Counts the packets of the stream.
        let index: UInt64
        let timestamp: UInt32
        let packet: PacketGroup.Packet
        /// When it was sent, or sent again.
        let sentAt: NIODeadline

        var sequence: UInt16 { UInt16(truncatingIfNeeded: index) }
    }

    private struct Sent {
        let first: UInt64
        let timestamp: UInt32
        let group: PacketGroup
        let at: NIODeadline

        var end: UInt64 { first + UInt64(group.packets.count) }
    }

    /// Packets, and those besides of the oldest group that is not gone yet: about two seconds of 2.5 Mbit/s.
    static let capacity = 512

    private var groups = CircularBuffer<Sent>(initialCapacity: 0)
    /// When those were sent again that were lost.
    private var repairs: [UInt64: NIODeadline] = [:]

    /// Groups come in the order of their packets' numbers.
    mutating func append(_ group: PacketGroup, from first: UInt64, timestamp: UInt32, at now: NIODeadline) {
        let sent = Sent(first: first, timestamp: timestamp, group: group, at: now)
        while let oldest = groups.first, oldest.end + UInt64(Self.capacity) < sent.end { groups.removeFirst() }
        groups.append(sent)
        guard !repairs.isEmpty, let oldest = groups.first?.first else { return }
        repairs = repairs.filter { $0.key >= oldest }
    }

    /// The packet of this number; nil where it is not known any more.
    subscript(_ sequence: UInt16) -> Entry? {
        guard let end = groups.last?.end else { return nil }
        let age = UInt64(UInt16(truncatingIfNeeded: end - 1) &- sequence)
        guard age < end, let sent = groups.last(where: { $0.first < end - age }), end - age <= sent.end else { return nil }
        let index = end - 1 - age
        return Entry(
            index: index, timestamp: sent.timestamp, packet: sent.group.packets[Int(index - sent.first)],
            sentAt: repairs[index] ?? sent.at)
    }

    /// Notes that the packet was sent once more.
    mutating func note(_ entry: Entry, sentAt now: NIODeadline) {
        repairs[entry.index] = now
    }
}
