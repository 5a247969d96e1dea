package import NIOCore

/// Notes when the packets of a transport arrive and reports them in transport feedbacks, each packet once and without holes.
package struct ArrivalRecorder: Sendable {
    /// Packets that wait to be reported; what is further behind the newest is forgotten.
    package static let capacity = 2048

    private var unwrapper = Unwrapper<UInt16>()
    private var arrivals: [Int64: NIODeadline] = [:]
    /// The first number that no report has spoken of; nil before the first packet.
    private var next: Int64?
    private var newest: Int64 = 0
    private var count: UInt8 = 0

    package init() {}

    package var isEmpty: Bool { arrivals.isEmpty }

    package mutating func record(_ sequence: UInt16, at now: NIODeadline) {
        let number = unwrapper.unwrap(sequence)
        guard let next else {
            (self.next, newest, arrivals[number]) = (number, number, now)
            return
        }
        guard number >= next, arrivals[number] == nil else { return }
        arrivals[number] = now
        newest = max(newest, number)
        forget(before: newest - Int64(Self.capacity))
    }

    /// Reports all that has arrived since the last report.
    package mutating func report(sender: SSRC, media: SSRC) -> [TransportFeedback] {
        var feedbacks: [TransportFeedback] = []
        while let first = next, let start = (first...newest).first(where: { arrivals[$0] != nil }).flatMap({ arrivals[$0] }) {
            let feedback = take(from: first, start: start, sender: sender, media: media)
            feedbacks.append(feedback)
            next = first + Int64(feedback.deltas.count)
            newest = max(newest, first + Int64(feedback.deltas.count))
            count &+= 1
        }
        return feedbacks
    }

    /// As many as have times that can be told from one reference: a delta spans 8 s.
    private mutating func take(
        from first: Int64, start: NIODeadline, sender: SSRC, media: SSRC
    ) -> TransportFeedback {
        let reference = Self.microseconds(start) / TransportFeedback.referenceStep
        var previous = reference * TransportFeedback.referenceStep / TransportFeedback.deltaStep
        var deltas: [Int16?] = []
        for number in first...newest {
            let time = arrivals[number].map { Self.microseconds($0) / TransportFeedback.deltaStep }
            guard let delta = Int16(exactly: (time ?? previous) - previous) else { break }
            deltas.append(time == nil ? nil : delta)
            previous = time ?? previous
            arrivals[number] = nil
        }
        return TransportFeedback(
            sender: sender, media: media, base: UInt16(truncatingIfNeeded: first),
            referenceTime: Int32(truncatingIfNeeded: reference << 8) >> 8, count: count, deltas: deltas)
    }

    private mutating func forget(before oldest: Int64) {
        guard let next, next < oldest else { return }
        arrivals = arrivals.filter { $0.key >= oldest }
        self.next = oldest
    }

    private static func microseconds(_ deadline: NIODeadline) -> Int64 {
        Int64(clamping: deadline.uptimeNanoseconds / 1000)
    }
}
