import NIOCore

/// The last packets of one outgoing stream, for those that are lost on the way. The payloads are shared by all viewers.
struct PacketHistory {
    struct Entry {
        let sequence: UInt16
        let timestamp: UInt32
        let place: Int
        let group: PacketGroup
        /// When it was sent, or sent again.
        var sentAt: NIODeadline
    }

    /// A power of two. About two seconds of 2.5 Mbit/s.
    static let capacity = 512

    private var entries: [Entry] = []

    /// Packets come in the order of their numbers.
    mutating func append(_ entry: Entry) {
        if entries.count < Self.capacity, entry.sequence & UInt16(Self.capacity - 1) != entries.count {
            // The first lap begins anywhere: it is filled up so that each number has its place.
            entries.append(contentsOf: repeatElement(entry, count: Self.capacity - entries.count))
        }
        let index = Int(entry.sequence) & (Self.capacity - 1)
        if index == entries.count { entries.append(entry) } else { entries[index] = entry }
    }

    subscript(_ sequence: UInt16) -> Entry? {
        let index = Int(sequence) & (Self.capacity - 1)
        guard index < entries.count, entries[index].sequence == sequence else { return nil }
        return entries[index]
    }

    /// Notes that the packet was sent once more.
    mutating func note(_ sequence: UInt16, sentAt now: NIODeadline) {
        guard self[sequence] != nil else { return }
        entries[Int(sequence) & (Self.capacity - 1)].sentAt = now
    }
}
