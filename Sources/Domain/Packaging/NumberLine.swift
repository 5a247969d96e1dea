import Media
import Time

/// The numbers of a session's segments as its playlists count them, those of gaps among them: one line for all its tracks, since
/// segments of one number are of one time in each (RFC 8216 §6.2.4).
struct NumberLine {
    /// Live segments that hold nothing are longer in the middle. Numbers that rise faster were not gaps that viewers saw: the server
    /// was started anew.
    private static let shortestGap: Duration = .milliseconds(200)

    /// Rising.
    private(set) var numbers: [Int64] = []
    /// When the last track ends.
    private(set) var end: UTCInstant?

    /// - Parameter segments: of all tracks, in any order.
    init(_ segments: some Sequence<KeptSegment>) {
        var times: [Int64: (start: UTCInstant, end: UTCInstant)] = [:]
        for segment in segments {
            let known = times[segment.number] ?? (segment.start, segment.end)
            times[segment.number] = (min(known.start, segment.start), max(known.end, segment.end))
        }
        for (number, time) in times.sorted(by: { $0.key < $1.key }) {
            if let last = numbers.last, let end { numbers += Self.missing(from: last, end, to: number, time.start) }
            numbers.append(number)
            end = max(end ?? time.end, time.end)
        }
    }

    /// The numbers that lie between; where those are more than there was time for, only the last of them.
    private static func missing(from last: Int64, _ end: UTCInstant, to next: Int64, _ start: UTCInstant) -> Range<Int64> {
        let missing = next - last - 1
        let hole = start.since(end)
        let isSeen = missing <= max(1, hole.microseconds / shortestGap.microseconds)
        return next - (isSeen ? missing : min(missing, hole.gaps))..<next
    }

    /// The numbers between two that are segments', or behind the last one.
    func numbers(between last: Int64, and next: Int64? = nil) -> ArraySlice<Int64> {
        let rest = numbers[place(of: last + 1)...]
        return next.map { rest[..<place(of: $0)] } ?? rest
    }

    /// Where the first number stands that is not below this one.
    private func place(of number: Int64) -> Int {
        var (low, high) = (0, numbers.count)
        while low < high {
            let middle = (low + high) / 2
            if numbers[middle] < number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
