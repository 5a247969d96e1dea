import Media
import Synchronization

/// One reader of a feed: a bounded ring between the publisher and a consumer that may be slower.
///
/// The publisher never waits. A reader that falls behind loses everything up to the next key frame of the picture, is told
/// `.overrun`, and goes on there.
package final class FeedReader: Sendable {
    /// Frames that may wait, about 10 s of picture and sound; with formats and interruptions, twice as many events.
    package static let capacity = 1000

    private struct State {
        var waiting: [FeedEvent] = []
        var consumer: CheckedContinuation<Void, Never>?
        var awaitsKeyFrame = false
        var hasPicture = false
        var dropped = 0
        var isFinished = false
    }

    private let state: Mutex<State>
    private let capacity: Int

    init(backlog: [FeedEvent], capacity: Int = FeedReader.capacity) {
        var state = State()
        state.waiting = backlog
        state.hasPicture = backlog.contains(where: \.isPictureFormat)
        self.state = Mutex(state)
        self.capacity = capacity
    }

    /// Frames that this reader lost because it was slow.
    package var dropped: Int { state.withLock { $0.dropped } }

    /// Waits until there is something, and takes all of it. Empty when the feed has ended and everything was read, when
    /// the reader was closed, or when the waiting task is cancelled. One consumer at a time.
    package func next() async -> [FeedEvent] {
        let ready = state.withLock { Self.take(&$0) }
        if let ready { return ready }
        await withTaskCancellationHandler {
            await withCheckedContinuation { wait($0) }
        } onCancel: {
            close()
        }
        return state.withLock { Self.take(&$0) } ?? []
    }

    /// Nothing more is wanted; a waiting consumer is woken.
    package func close() {
        let consumer = state.withLock { state in
            state.isFinished = true
            return state.consumer.take()
        }
        consumer?.resume()
    }

    func push(_ event: FeedEvent) {
        let consumer = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isFinished else { return nil }
            enqueue(event, into: &state)
            if case .ended = event { state.isFinished = true }
            return state.consumer.take()
        }
        consumer?.resume()
    }

    private func wait(_ continuation: CheckedContinuation<Void, Never>) {
        let isReady = state.withLock { state in
            guard state.waiting.isEmpty, !state.isFinished else { return true }
            state.consumer = continuation
            return false
        }
        if isReady { continuation.resume() }
    }

    private static func take(_ state: inout State) -> [FeedEvent]? {
        guard !state.waiting.isEmpty else { return state.isFinished ? [] : nil }
        defer { state.waiting = [] }
        return state.waiting
    }

    private func enqueue(_ event: FeedEvent, into state: inout State) {
        guard case .frame(let frame) = event else {
            state.hasPicture = state.hasPicture || event.isPictureFormat
            if state.waiting.count >= 2 * capacity { overrun(&state) }
            state.waiting.append(event)
            return
        }
        if state.awaitsKeyFrame && !resumes(at: frame, state) {
            state.dropped += 1
            return
        }
        state.awaitsKeyFrame = false
        guard state.waiting.count >= capacity else { return state.waiting.append(event) }
        overrun(&state)
        state.dropped += 1
    }

    private func resumes(at frame: MediaFrame, _ state: State) -> Bool {
        guard state.waiting.count < capacity else { return false }
        return frame.kind == .picture ? frame.isKey : !state.hasPicture
    }

    /// Of all that waits only how each track is coded now is still of use.
    private func overrun(_ state: inout State) {
        state.dropped += state.waiting.count(where: \.isFrame)
        let formats = TrackKind.allCases.compactMap { kind in state.waiting.last { $0.isFormat(of: kind) } }
        state.waiting = formats + [.overrun]
        state.awaitsKeyFrame = true
    }
}

extension FeedEvent {
    fileprivate var isFrame: Bool {
        if case .frame = self { true } else { false }
    }

    fileprivate func isFormat(of kind: TrackKind) -> Bool {
        if case .format(let format) = self { format.kind == kind } else { false }
    }

    fileprivate var isPictureFormat: Bool {
        if case .format(.picture) = self { true } else { false }
    }
}
