package import NIOCore

/// A network in the memory of a test, bad as a seed makes it: it loses datagrams, and delays each by another time, so that they
/// overtake each other.
package struct DatagramNetwork<Datagram> {
    /// Which part of the datagrams is lost.
    package var loss: Double
    package var delay: ClosedRange<Int64>
    private var random: SeededGenerator
    private var travelling: [(arrival: NIODeadline, datagram: Datagram)] = []

    /// - Parameter delay: milliseconds on the way.
    package init(seed: UInt64, loss: Double = 0, delay: ClosedRange<Int64> = 10...10) {
        self.loss = loss
        self.delay = delay
        random = SeededGenerator(seed: seed)
    }

    package mutating func send(_ datagram: Datagram, at now: NIODeadline) {
        guard Double.random(in: 0..<1, using: &random) >= loss else { return }
        travelling.append((now + .milliseconds(.random(in: delay, using: &random)), datagram))
    }

    /// When the next datagram arrives.
    package var nextArrival: NIODeadline? { travelling.map(\.arrival).min() }

    /// What has arrived, in the order in which it did.
    package mutating func arrivals(at now: NIODeadline) -> [Datagram] {
        let arrived = travelling.filter { $0.arrival <= now }.sorted { $0.arrival < $1.arrival }
        travelling.removeAll { $0.arrival <= now }
        return arrived.map(\.datagram)
    }
}
