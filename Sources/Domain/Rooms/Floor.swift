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
    private let firstSegment: Int64
    private let feeds: AsyncStream<Feed>
    private let arrivals: AsyncStream<Feed>.Continuation
    private let state = Mutex(State())

    private let clock: any WallClock

    /// - Parameter clock: the one that times what arrives.
    init(
        session: Session, epoch: SessionEpoch, shift: Duration, chunking: FeedChunker.Configuration, clock: any WallClock
    ) {
        self.session = session
        self.epoch = epoch
        self.shift = shift
        self.clock = clock
        self.chunking = chunking
        firstSegment = FeedChunker.firstSegment(at: clock.now().advanced(by: shift), origin: epoch.origin)
        var configuration = LiveOutput.Configuration()
        configuration.partTarget = chunking.partTarget
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

    /// Lets media flow until `end`. Each chunk goes to the output and to `record`, in order.
    ///
    /// - Returns: how it ended.
    func run(record: (ChunkerOutput) -> Void) async -> Ending {
        var chunker = FeedChunker(
            origin: epoch.origin, shift: shift, firstSegment: firstSegment, configuration: chunking)
        for await feed in feeds {
            let reader = feed.read()
            guard hold(feed, reader) else { break }
            while case let events = await reader.next(), !events.isEmpty {
                for event in events { publish(chunker.consume(event), record) }
            }
            release()
        }
        publish(chunker.consume(.ended), record)
        output.end()
        return ending
    }

    /// How it ended; once nobody brings media any more, whatever the reason, the server is stopping.
    var ending: Ending { state.withLock { $0.ending } ?? .serverStopped }

    private func publish(_ outputs: [ChunkerOutput], _ record: (ChunkerOutput) -> Void) {
        output.publish(outputs)
        for made in outputs { record(made) }
    }

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
