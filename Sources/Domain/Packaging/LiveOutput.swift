package import HLS
package import Media
import NIOCore
import Synchronization
import Time

/// One session's chunks as LL-HLS (RFC 8216 and draft-pantos-hls-rfc8216bis): the playlists, and the files that they name.
///
/// Addresses, below one that is the session's own: `index.m3u8` names the tracks; `picture/index.m3u8` and `sound/index.m3u8`
/// are their playlists, with `init-….mp4`, `N.m4s` and `N.P.m4s` beside them.
///
/// One chunker publishes; any number of viewers ask. What they get is rendered and packed once for each change. A request may
/// wait for a part that is announced: it is then answered whole, as soon as the part is there, or told within three target
/// durations that it has not come. What allowed the request may have ended meanwhile: whoever answers it looks again.
package final class LiveOutput: Sendable {
    package struct Configuration: Hashable, Sendable {
        /// The chunker's own.
        package var partTarget = FeedChunker.Configuration().partTarget
        /// Complete segments in a playlist; at least six.
        package var segments = 10
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

    /// Shows what a chunker has made, and answers those who waited for it. One caller at a time, in order.
    package func publish(_ outputs: [ChunkerOutput]) {
        guard !outputs.isEmpty else { return }
        change { $0.accept(outputs) }
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
        let waiters = state.withLock { $0.show(shown) }
        for waiter in waiters { waiter.continuation.resume(returning: .ready) }
    }
}

// MARK: - The viewers' side

extension LiveOutput {
    /// The playlist that names the tracks, as soon as a segment is complete, by when every track of a feed has begun.
    package func multivariantPlaylist() async -> PlaylistAnswer {
        guard await isReady(.multivariant) else { return .unavailable }
        return state.withLock { $0.shown.multivariant.map(PlaylistAnswer.playlist) ?? .notFound }
    }

    /// Whether there is a playlist that names the tracks.
    package var hasBegun: Bool { state.withLock { $0.shown.multivariant != nil } }

    /// The playlist of a track, as soon as it holds what `request` waits for.
    package func mediaPlaylist(track: String, request: BlockingRequest) async -> PlaylistAnswer {
        guard let kind = TrackKind(rawValue: track), let shown = shown(kind) else { return .notFound }
        switch shown.model.decide(request) {
        case .answer: return .playlist(shown.rendered)
        case .refuse(let refusal): return .badRequest(refusal.message)
        case .wait: break
        }
        guard let wait = request.wait, await isReady(.track(kind, wait)), let later = self.shown(kind)
        else { return .unavailable }
        return .playlist(later.rendered)
    }

    /// A file beside a track's playlist. The part that the playlist hints at is waited for.
    package func resource(track: String, name: String) async -> ResourceAnswer {
        guard let kind = TrackKind(rawValue: track), let file = MediaFile(name: name) else { return .notFound }
        if let found = find(file, of: kind) { return found }
        guard case .part(let position) = file, shown(kind)?.model.next == position else { return .notFound }
        guard await isReady(.track(kind, .part(position))) else { return .unavailable }
        return find(file, of: kind) ?? .notFound
    }

    /// Requests that wait now.
    package var waiting: Int { state.withLock { $0.waiters.count } }

    private func shown(_ kind: TrackKind) -> Shown.Track? {
        state.withLock { $0.shown.tracks[kind] }
    }

    private func find(_ file: MediaFile, of kind: TrackKind) -> ResourceAnswer? {
        let bytes = state.withLock { $0.tracks[kind]?.bytes(of: file) }
        let contentType = kind == .picture ? "video/mp4" : "audio/mp4"
        return bytes.map { .resource($0, contentType: contentType) }
    }
}

// MARK: - Waiting

extension LiveOutput {
    /// Waits until the playlists have come as far as `key` says; not longer than `longestWait`, nor than the caller's task lives.
    private func isReady(_ key: Waiters.Key) async -> Bool {
        let id = state.withLock { $0.waiters.makeID() }
        async let _ = expire(id, for: key)
        let wake = await withTaskCancellationHandler {
            await withCheckedContinuation { register(Waiters.Waiter(id: id, continuation: $0), for: key) }
        } onCancel: {
            giveUp(id, for: key)
        }
        return wake == .ready
    }

    private func register(_ waiter: Waiters.Waiter, for key: Waiters.Key) {
        let wake = state.withLock { state -> Waiters.Wake? in
            if state.isReady(key) { return .ready }
            // One who is cancelled from here on finds the waiter, since the lock is held.
            if Task.isCancelled || state.waiters.isFull { return .expired }
            state.waiters.add(waiter, for: key)
            return nil
        }
        if let wake { waiter.continuation.resume(returning: wake) }
    }

    private func expire(_ id: UInt64, for key: Waiters.Key) async {
        guard (try? await clock.sleep(for: Self.longestWait)) != nil else { return }
        giveUp(id, for: key)
    }

    private func giveUp(_ id: UInt64, for key: Waiters.Key) {
        let waiter = state.withLock { $0.waiters.remove(id, for: key) }
        waiter?.continuation.resume(returning: .expired)
    }
}
