package import Streams

/// What wakes the conductor: feeds that come and go, and the passing of time.
///
/// `post` never waits and may be called on any thread; at most `capacity` notices wait.
package final class FeedNotices: Sendable {
    static let capacity = 1024

    package enum Wake: Sendable {
        /// About once a second.
        case tick
        case feed(FeedNotice)
    }

    let wakes: AsyncStream<Wake>
    private let continuation: AsyncStream<Wake>.Continuation
    let interval: Duration

    /// - Parameter interval: between two ticks.
    package init(interval: Duration = .seconds(1)) {
        self.interval = interval
        (wakes, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.capacity))
    }

    package func post(_ notice: FeedNotice) { continuation.yield(.feed(notice)) }

    /// Ticks until the stream is finished or the task is cancelled.
    package func keepTime() async {
        while !Task.isCancelled {
            if case .terminated = continuation.yield(.tick) { return }
            try? await Task.sleep(for: interval)
        }
    }

    func finish() { continuation.finish() }
}
