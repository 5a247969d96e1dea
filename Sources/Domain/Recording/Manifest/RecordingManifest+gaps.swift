/// The holes as somebody sees them who plays all tracks together.
extension RecordingManifest {
    /// The holes of all tracks by time, those that overlap as one. Where their causes differ, it is what went wrong here that
    /// counts, not that nothing came.
    var joinedGaps: [Gap] {
        let sorted = tracks.flatMap(\.gaps).sorted { $0.from.instant < $1.from.instant }
        return sorted.reduce(into: []) { joined, gap in
            guard let last = joined.last, gap.from.instant <= last.to.instant else { return joined.append(gap) }
            let end = max(last.to, gap.to)
            joined[joined.count - 1] = Gap(from: last.from, to: end, cause: last.cause == .source ? gap.cause : last.cause)
        }
    }
}

extension ExactInstant: Comparable {
    package static func < (left: ExactInstant, right: ExactInstant) -> Bool { left.instant < right.instant }
}
