/// The segments at which a feed does not go on as before, counted alike for all of its playlists (RFC 8216 §6.2.4).
struct Discontinuities {
    /// How many came before those in `numbers`.
    private var count: Int64
    /// Media sequence numbers, rising.
    private var numbers: [Int64] = []

    /// - Parameters:
    ///   - first: the media sequence number with which the program began. There are never more discontinuities than
    ///     segments, so a count that begins there never falls across a restart either (§6.2.2).
    ///   - breaks: those from an earlier run of the program.
    init(first: Int64, behind breaks: Set<Int64> = []) {
        count = first
        numbers = breaks.sorted()
    }

    mutating func insert(_ number: Int64) {
        guard !numbers.contains(number) else { return }
        numbers.append(number)
        numbers.sort()
    }

    func contains(_ number: Int64) -> Bool { numbers.contains(number) }

    /// How many came before the segment of this number.
    func sequence(before number: Int64) -> Int64 {
        count + Int64(numbers.count { $0 < number })
    }

    /// Only counts those before the segment of this number from now on.
    mutating func forget(before number: Int64) {
        count = sequence(before: number)
        numbers.removeAll { $0 < number }
    }
}
