import Dispatch
import Files
package import Media
import Synchronization
package import Time

/// Records one session. Media is handed over at once and written on a thread of its own; it never waits for the disk.
///
/// Where the writer is let go without `finish`, what was written stays as a crash would leave it, and `resume` goes on from there.
package final class RecordingWriter: Sendable {
    package let folder: RecordingFolder
    private let configuration: Configuration
    private let clock: any WallClock
    /// Where the disk is waited for. Everything that touches `log` runs here, in order.
    private let disk: DispatchQueue
    private let inbox: Mutex<RecordingInbox>
    private let log: Mutex<RecordingLog>
    private let progress: Mutex<Progress>
    private let follower = Mutex<(@Sendable ([KeptChunk]) -> Void)?>(nil)

    private struct Progress {
        var state: RecordingState
        /// How far the wall clock was ahead of the time line, as noted last.
        var ahead: Duration
        /// A sync is due and will come by itself.
        var isSyncAwaited = false
    }

    init(_ log: sending RecordingLog, configuration: Configuration, clock: any WallClock, disk: DispatchQueue) {
        folder = log.recording
        self.configuration = configuration
        self.clock = clock
        self.disk = disk
        inbox = Mutex(RecordingInbox(capacity: configuration.queueBytes))
        progress = Mutex(Progress(state: RecordingState(), ahead: log.manifest.ahead))
        self.log = Mutex(log)
        disk.async { [weak self] in self?.tell() }
    }

    /// How it is doing. Costs no work on the disk.
    package var state: RecordingState {
        let (bytes, isHalfFull, isOverrun) = inbox.withLock { ($0.bytes, $0.isHalfFull, $0.isOverrun) }
        var state = progress.withLock { $0.state }
        state.queuedBytes = bytes
        let isLate = state.exposure() > max(Self.longestSync, configuration.syncInterval * 3)
        if isHalfFull || isLate { state.alarms.insert(.diskSlow) }
        if isOverrun { state.alarms.insert(.overrun) }
        return state
    }

    /// A sync that takes longer is an alarm.
    private static let longestSync: Duration = .seconds(5)

    /// Takes over what a chunker made, in its order. Returns at once. After `finish` nothing is taken.
    package func append(_ output: ChunkerOutput) {
        guard inbox.withLock({ $0.offer(output) }) == .begin else { return }
        disk.async { self.writeAll() }
    }

    /// Has each chunk told to `follower` when it can be read from the folder, from now on and on the disk's thread.
    package func tellKept(_ follower: @escaping @Sendable ([KeptChunk]) -> Void) {
        self.follower.withLock { $0 = follower }
    }

    /// A chunk of this track is not to be kept: what is missing there is a gap with this cause.
    package func leaveOut(_ kind: TrackKind, _ cause: GapCause) {
        guard inbox.withLock({ $0.offerNothing(of: kind, cause) }) == .begin else { return }
        disk.async { self.writeAll() }
    }

    /// Says how far the wall clock is ahead of the recording's time line, which stands at `instant`. Where that has changed, the wall
    /// clock was set, and the manifest says so; the time line goes on.
    package func noteClock(ahead: Duration, at instant: UTCInstant) {
        let wasSet = progress.withLock { progress in
            guard (ahead - progress.ahead).microseconds.magnitude > RecordingLimits.clockTolerance.magnitude else { return false }
            progress.ahead = ahead
            return true
        }
        guard wasSet else { return }
        disk.async {
            self.log.withLock { $0.noteClock(ahead: ahead, from: instant) }
            self.awaitSync()
        }
    }

    /// Writes what waits, syncs, and ends the run. The folder is free for finishing when it returns.
    ///
    /// - Throws: what the disk refuses; the next opening recovers what it kept.
    package func finish(_ ending: RecordingEnding) async throws(RecordingError) {
        inbox.withLock { $0.close() }
        let result = await withCheckedContinuation { continuation in
            disk.async { continuation.resume(returning: self.end(ending)) }
        }
        try result.get()
    }
}

// MARK: - On the disk's thread

extension RecordingWriter {
    private func writeAll() {
        while true {
            let items = inbox.withLock { $0.takeAll() }
            guard !items.isEmpty else { return }
            var kept: [KeptChunk] = []
            for item in items {
                if let chunk = write(item) { kept.append(chunk) }
                inbox.withLock { $0.noteWritten(item) }
            }
            if !kept.isEmpty { follower.withLock { $0 }?(kept) }
            tell()
            awaitSync()
        }
    }

    private func write(_ item: RecordingInbox.Item) -> KeptChunk? {
        log.withLock { log in
            switch item {
            case .output(let output): return log.take(output)
            case .missing(let kind, let cause, let count):
                log.noteMissing(kind, cause, count: count)
                return nil
            }
        }
    }

    /// Sees to it that what was written is synced within the interval.
    private func awaitSync() {
        let isFirst = progress.withLock { progress in
            defer { progress.isSyncAwaited = true }
            return !progress.isSyncAwaited
        }
        guard isFirst else { return }
        disk.asyncAfter(deadline: .now() + configuration.syncInterval.inSeconds) { [weak self] in self?.synchronize() }
    }

    private func synchronize() {
        progress.withLock { $0.isSyncAwaited = false }
        let isDone = log.withLock { log in
            log.synchronize()
            return log.isSynced || !log.isOpen
        }
        tell()
        if !isDone { awaitSync() }
    }

    private func end(_ ending: RecordingEnding) -> Result<Void, RecordingError> {
        writeAll()
        let result = log.withLock { log in
            Result { () throws(RecordingError) in try log.end(ending, at: clock.now()) }
        }
        tell()
        return result
    }

    /// Brings the state that others see up to the log.
    private func tell() {
        let free = try? folder.folder.freeBytes()
        log.withLock { log in
            progress.withLock { $0.state.follow(log, free: free, minimum: configuration.minimumFreeBytes) }
        }
    }
}

extension RecordingState {
    fileprivate mutating func follow(_ log: RecordingLog, free: Int64?, minimum: Int64) {
        bytesOnDisk = log.bytesOnDisk
        chunks = log.chunks
        leftOut = log.leftOut
        if gapCount != log.gaps {
            gapCount = log.gaps
            gaps = log.manifest.tracks.flatMap(\.gaps).sorted { $0.from < $1.from }.suffix(Self.maximumGaps)
        }
        duration = log.duration
        isSynced = log.isSynced
        if isSynced { lastSync = .now }
        freeBytes = free
        alarms = log.alarms
        if let free, free < minimum { alarms.insert(.spaceLow) }
    }
}
