import Identifiers
import Logging
import Media
import Packaging
import Programme
import Streams
import Synchronization
import Time

/// The floor of one running session: what its room's feed brings, made into chunks once, for the live output and the recording.
///
/// One task runs it, from the session's start to its end. Feeds may come and go meanwhile; the time line, the media sequence
/// numbers and the recording go on.
final class Floor: Sendable {
    /// How it came to an end.
    enum Ending: Hashable {
        /// The session is over.
        case sessionEnded
        /// The server stops in mid-session; the session goes on at the next start.
        case serverStopped
    }

    private struct State {
        var reader: (feed: Feed, reader: FeedReader)?
        /// The feed that it was given last.
        var given: FeedID?
        var ending: Ending?
    }

    let session: Session
    let epoch: SessionEpoch
    /// How far the session's line is ahead of the clock that times what arrives.
    let shift: Duration
    let output: LiveOutput
    private let chunking: FeedChunker.Configuration
    /// Whoever makes chunks publishes them before it lets go, so that they stay in order.
    private let chunker: Mutex<FeedChunker>
    private let feeds: AsyncStream<Feed>
    private let arrivals: AsyncStream<Feed>.Continuation
    private let state = Mutex(State())
    private let clock: any WallClock

    /// - Parameter clock: the one that times what arrives.
    init(
        session: Session, epoch: SessionEpoch, shift: Duration, chunking: FeedChunker.Configuration, rewind: Duration,
        clock: any WallClock
    ) {
        self.session = session
        self.epoch = epoch
        self.shift = shift
        self.clock = clock
        self.chunking = chunking
        let firstSegment = FeedChunker.firstSegment(at: clock.now().advanced(by: shift), origin: epoch.origin)
        chunker = Mutex(
            FeedChunker(origin: epoch.origin, shift: shift, firstSegment: firstSegment, configuration: chunking))
        var configuration = LiveOutput.Configuration()
        configuration.partTarget = chunking.partTarget
        configuration.rewind = rewind
        output = LiveOutput(firstSegment: firstSegment, configuration: configuration)
        (feeds, arrivals) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Where the session's line stands now.
    var line: UTCInstant { clock.now().advanced(by: shift) }

    /// Gives the floor to a feed of its room; nothing happens where it has it already.
    func connect(_ feed: Feed) {
        let isNew = state.withLock { state in
            defer { state.given = feed.id }
            return state.given != feed.id
        }
        if isNew { arrivals.yield(feed) }
    }

    /// Ends it: what is on the way is still brought out, then `run` returns.
    func end(_ ending: Ending) {
        let reading = state.withLock { state in
            state.ending = ending
            return state.reader
        }
        arrivals.finish()
        reading?.reader.close()
    }

    /// Lets media flow until `end`. Each chunk goes to the output and to `record`, in order; where none come, the output shows gaps.
    ///
    /// - Returns: how it ended.
    func run(record: @escaping @Sendable (ChunkerOutput) -> Void) async -> Ending {
        await withDiscardingTaskGroup { group in
            group.addTask { await self.keepTime(record) }
            await self.read(record)
            group.cancelAll()
        }
        produce(record) { $0.consume(.ended) }
        output.end()
        return ending
    }

    private func read(_ record: (ChunkerOutput) -> Void) async {
        for await feed in feeds {
            let reader = feed.read()
            guard hold(feed, reader) else { break }
            while case let events = await reader.next(), !events.isEmpty {
                for event in events { produce(record) { $0.consume(event) } }
            }
            release()
        }
    }

    /// Tells the chunker the time, finely enough for the gaps to keep to the clock, until the task is cancelled.
    private func keepTime(_ record: (ChunkerOutput) -> Void) async {
        var before = ContinuousClock.now
        while (try? await Task.sleep(for: chunking.partDuration / 4)) != nil {
            let elapsed = before.duration(to: .now)
            produce(record) { $0.pass(elapsed) }
            before = before.advanced(by: elapsed)
        }
    }

    private func produce(
        _ record: (ChunkerOutput) -> Void, _ make: (inout FeedChunker) -> [ChunkerOutput]
    ) {
        chunker.withLock { chunker in
            let outputs = make(&chunker)
            output.publish(outputs, gaps: chunker.takeGaps())
            for made in outputs { record(made) }
        }
    }

    /// How it ended; once nobody brings media any more, whatever the reason, the server is stopping.
    var ending: Ending { state.withLock { $0.ending } ?? .serverStopped }

    /// False where it has ended meanwhile.
    private func hold(_ feed: Feed, _ reader: FeedReader) -> Bool {
        let goesOn = state.withLock { state in
            guard state.ending == nil else { return false }
            state.reader = (feed, reader)
            return true
        }
        if !goesOn { feed.release(reader) }
        return goesOn
    }

    private func release() {
        let reading = state.withLock { $0.reader.take() }
        if let reading { reading.feed.release(reading.reader) }
    }
}
