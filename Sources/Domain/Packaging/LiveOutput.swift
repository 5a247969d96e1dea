import HLS
package import Media
import NIOCore
import Synchronization
import Time

/// One session's chunks as LL-HLS (RFC 8216 and draft-pantos-hls-rfc8216bis): the playlists, and the files that they name.
///
/// Addresses, below one that is the session's own: `index.m3u8` names the tracks; `picture/index.m3u8` and `sound/index.m3u8`
/// are their playlists, with `init-….mp4`, `N.m4s` and `N.P.m4s` beside them.
///
/// One chunker publishes; any number of viewers ask. What they get is rendered and packed once for each change: what those at the
/// live moment want at once, the whole of a long playlist when somebody asks. A request may
/// wait for a part that is announced: it is then answered whole, as soon as the part is there, or told within three target
/// durations that it has not come. What allowed the request may have ended meanwhile: whoever answers it looks again.
package final class LiveOutput: Sendable {
    package struct Configuration: Hashable, Sendable {
        /// The chunker's own.
        package var partTarget = FeedChunker.Configuration().partTarget
        /// Complete segments whose bytes are in memory; at least six. So many that delta updates have something to leave out.
        package var segments = 16
        /// How far back viewers may go where a recording keeps the chunks; else they may as far as the memory goes.
        package var rewind: Duration = .zero
        /// What a player's menu calls the sound.
        package var soundName = "Floor"
        /// The language of the sound (RFC 5646); nil where it changes with the speaker.
        package var language: String?

        package init() {}
    }

    /// No request waits longer (rfc8216bis §6.2.5.2).
    package static let longestWait = FeedChunker.Configuration.targetDuration * 3

    private let clock: any Clock<Duration>
    private let state: Mutex<State>

    /// - Parameters:
    ///   - firstSegment: the chunker's own.
    ///   - clock: counts how long a request has waited.
    package init(firstSegment: Int64, configuration: Configuration, clock: any Clock<Duration> = ContinuousClock()) {
        self.clock = clock
        self.state = Mutex(State(firstSegment: firstSegment, configuration: configuration))
    }

    /// Shows what a chunker has made, and the gaps behind it, and answers those who waited for it. One caller at a time, in order.
    package func publish(_ outputs: [ChunkerOutput], gaps: [Gap] = []) {
        guard !outputs.isEmpty || !gaps.isEmpty else { return }
        change { $0.accept(outputs, gaps) }
    }

    /// What is published goes on behind what recordings have kept from before the program was started anew. Called before anything is
    /// published: a playlist never grows at its beginning.
    package func goOn(behind kept: KeptMedia) {
        state.withLock { $0.goOn(behind: kept) }
    }

    /// A recording keeps the chunks from now on, and can be read as `shelf`. Which chunks it has kept is told by `note`.
    package func keep(on shelf: any ChunkShelf) {
        state.withLock { $0.keep(on: shelf) }
    }

    /// The recording has kept these chunks. The playlists go back as far as it has kept all; what it has not kept is gone when it
    /// leaves the memory.
    package func note(_ kept: [KeptChunk]) {
        state.withLock { $0.note(kept) }
    }

    /// Nothing will be added: the playlists say so, and nobody waits any more. May be called again.
    package func end() {
        change { $0.end() }
    }

    /// Renders outside the lock: requests go on being answered from the playlists before.
    private func change(_ body: (inout State) -> Void) {
        let playlists = state.withLock { state in
            body(&state)
            return state.playlists
        }
        let shown = Shown(playlists)
        for wake in state.withLock({ $0.show(shown) }) { wake(.ready) }
    }
}

// MARK: - The viewers' side

extension LiveOutput {
    /// What comes of a question as things stand.
    package enum Reply: Sendable {
        case now(LiveAnswer)
        /// It takes the disk, or milliseconds: nothing for whoever has others to serve meanwhile.
        case later(@Sendable () async -> LiveAnswer)
        /// Nothing is wrong, but this must come first: wait for it, and ask again.
        case after(Awaited)
    }

    /// Answers without waiting.
    package func reply(to question: LiveQuestion) -> Reply {
        switch question {
        case .multivariant: multivariantPlaylist
        case .playlist(let kind, let request): playlist(of: kind, request)
        case .file(let kind, let file): self.file(file, of: kind)
        }
    }

    /// Answers as soon as what has to be waited for is there.
    package func answer(to question: LiveQuestion) async -> LiveAnswer {
        var reply = reply(to: question)
        if case .after(let awaited) = reply, await comes(awaited) { reply = self.reply(to: question) }
        return switch reply {
        case .now(let answer): answer
        case .later(let work): await work()
        case .after: .unavailable
        }
    }

    /// Whether there is a playlist that names the tracks.
    package var hasBegun: Bool { state.withLock { $0.shown.multivariant != nil } }

    /// How far back its playlists go.
    package var length: Duration { state.withLock { $0.tracks.values.map(\.length).max() ?? .zero } }

    /// Requests that wait now.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    /// There as soon as a segment is complete, by when every track of a feed has begun.
    private var multivariantPlaylist: Reply {
        state.withLock { state in
            if let playlist = state.shown.multivariant { return .now(.playlist(playlist)) }
            return state.shown.isEnded ? .now(.notFound) : .after(.multivariant)
        }
    }

    private func playlist(of kind: TrackKind, _ request: BlockingRequest) -> Reply {
        guard let shown = state.withLock({ $0.shown.tracks[kind] }) else { return .now(.notFound) }
        switch (shown.model.decide(request), request.wait) {
        case (.refuse(let refusal), _): return .now(.badRequest(refusal.message))
        case (.wait, let wait?): return .after(.track(kind, wait))
        case (.answer, _), (.wait, nil): return shown.reply(to: request)
        }
    }

    /// The part that the playlist hints at is waited for.
    private func file(_ file: MediaFile, of kind: TrackKind) -> Reply {
        state.withLock { state in
            guard let track = state.tracks[kind] else { return .now(.notFound) }
            if let bytes = track.bytes(of: file) { return .now(.file(bytes)) }
            if let mark = track.mark(of: file) {
                return .later { await mark.bytes.map(LiveAnswer.file) ?? .notFound }
            }
            guard case .part(let position) = file, state.shown.tracks[kind]?.model.hint == position
            else { return .now(.notFound) }
            return .after(.track(kind, .part(position)))
        }
    }
}

// MARK: - Waiting

extension LiveOutput {
    /// Somebody who will wait for something to come.
    package func waiter(for awaited: Awaited) -> Waiter {
        state.withLock { Waiter(id: $0.waiters.makeID(), awaited: awaited) }
    }

    /// Calls `wake` once: when what the waiter waits for is there, at once if it is already; or when it has given up.
    ///
    /// Whoever enlists bounds the wait by `longestWait`. `wake` is called from wherever the end of the wait comes from.
    package func enlist(_ waiter: Waiter, wake: @escaping @Sendable (Wake) -> Void) {
        let outcome = state.withLock { state -> Wake? in
            if state.isReady(waiter.awaited) { return .ready }
            // One who is cancelled from here on finds the waiter, since the lock is held.
            if Task.isCancelled || state.waiters.isFull { return .expired }
            state.waiters.add(waiter, wake)
            return nil
        }
        if let outcome { wake(outcome) }
    }

    /// The waiter is woken in vain, unless it has been woken already.
    package func giveUp(_ waiter: Waiter) {
        state.withLock { $0.waiters.remove(waiter) }?(.expired)
    }

    /// Waits until the playlists have come that far; not longer than `longestWait`, nor than the caller's task lives.
    private func comes(_ awaited: Awaited) async -> Bool {
        let waiter = waiter(for: awaited)
        async let _ = expire(waiter)
        let wake = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in enlist(waiter) { continuation.resume(returning: $0) } }
        } onCancel: {
            giveUp(waiter)
        }
        return wake == .ready
    }

    private func expire(_ waiter: Waiter) async {
        guard (try? await clock.sleep(for: Self.longestWait)) != nil else { return }
        giveUp(waiter)
    }
}
