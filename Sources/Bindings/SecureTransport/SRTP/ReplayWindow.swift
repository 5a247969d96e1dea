/// Which packets of one stream have come, so that none comes twice (RFC 3711 §3.3.2).
package struct ReplayWindow: Hashable, Sendable {
    /// Packets behind the newest that are still told apart; what is older counts as seen.
    package static let size = 128

    /// The newest index; nil before the first packet.
    package private(set) var newest: UInt64?
    /// Bit n is the packet n behind the newest.
    private var seen: UInt128 = 0

    package init() {}

    package func isFresh(_ index: UInt64) -> Bool {
        guard let newest, index <= newest else { return true }
        let age = newest - index
        return age < Self.size && seen >> age & 1 == 0
    }

    /// Notes a packet that is fresh and authentic.
    package mutating func note(_ index: UInt64) {
        guard let newest, index <= newest else {
            let step = newest.map { index - $0 } ?? UInt64(Self.size)
            seen = (step < Self.size ? seen << step : 0) | 1
            return newest = index
        }
        let age = newest - index
        if age < Self.size { seen |= 1 << age }
    }

    /// The index that a sequence number most likely stands for: the one nearest to the newest (RFC 3711 §3.3.1). Nil where
    /// that would be before the stream began, or past the last index that a key may protect.
    package func index(of sequence: UInt16) -> UInt64? {
        guard let newest else { return UInt64(sequence) }
        let distance = Int16(bitPattern: sequence &- UInt16(truncatingIfNeeded: newest))
        let (index, overflow) = Int64(newest).addingReportingOverflow(Int64(distance))
        return overflow || index < 0 || index >= 1 << 48 ? nil : UInt64(index)
    }
}
