package import Identifiers
import Media
import Synchronization
import Time

/// One live publication of media into a room, as it arrives: one publisher, many readers.
///
/// It outlives its publisher's connection: when that breaks, the readers are told `.interrupted`, and a publisher who comes
/// back in time goes on with the same feed. Any thread may call it; what readers get is decided under one lock and handed to
/// their rings outside it, in order, since one connection delivers at a time.
package final class Feed: Sendable {
    package let id: FeedID
    package let room: RoomID
    /// Times what arrives.
    private let clock: any WallClock
    private let wall: (any WallClock)?
    private let state: Mutex<State>
    private let observer: @Sendable (FeedNotice) -> Void

    /// Who publishes it, or did last.
    struct Publisher {
        let key: StreamKeyID
        let way: IngestWay
        let remoteAddress: String
    }

    struct State {
        var status = FeedHealth.State.live
        /// Counts the publishers; what an earlier one still sends is dropped.
        var generation: UInt64 = 1
        var publisher: Publisher
        var since: UTCInstant
        var silentSince: ContinuousClock.Instant
        var formats: [TrackKind: TrackFormat] = [:]
        var timeline = FeedTimeline()
        var cache = KeyFrameCache()
        var meter = FeedMeter()
        var readers: [ObjectIdentifier: FeedReader] = [:]
        var interruptions = 0
        var framesDropped = 0
        var cutOff: (@Sendable (PublishRefusal) -> Void)?
        var cutOffReason: PublishRefusal?
    }

    init(
        id: FeedID, room: RoomID, _ publisher: Publisher, clock: any WallClock, wall: (any WallClock)?,
        observer: @escaping @Sendable (FeedNotice) -> Void
    ) {
        self.id = id
        self.room = room
        self.clock = clock
        self.wall = wall
        self.observer = observer
        self.state = Mutex(
            State(publisher: publisher, since: clock.now(), silentSince: ContinuousClock.now))
    }

    package var health: FeedHealth { state.withLock { health(of: $0) } }

    /// A new reader, who gets the formats and the frames since the last key frame first.
    package func read() -> FeedReader {
        state.withLock { state in
            let formats = TrackKind.allCases.compactMap { state.formats[$0] }.map(FeedEvent.format)
            let reader = FeedReader(backlog: formats + state.cache.frames.map(FeedEvent.frame))
            if state.status == .ended {
                reader.push(.ended)
            } else {
                state.readers[ObjectIdentifier(reader)] = reader
            }
            return reader
        }
    }

    /// The reader is no longer told anything.
    package func release(_ reader: FeedReader) {
        let wasReading = state.withLock { state in
            state.framesDropped += reader.dropped
            return state.readers.removeValue(forKey: ObjectIdentifier(reader)) != nil
        }
        if wasReading { reader.close() }
    }

    private func health(of state: State) -> FeedHealth {
        let ahead = wall.map { $0.now().since(clock.now()) } ?? .zero
        return FeedHealth(
            id: id, room: room, way: state.publisher.way, state: state.status,
            formats: TrackKind.allCases.compactMap { state.formats[$0] }, since: state.since.advanced(by: ahead),
            lastFrame: state.meter.lastFrame?.advanced(by: ahead),
            lastKeyFrame: state.meter.lastKeyFrame?.advanced(by: ahead), bitrate: state.meter.bitrate,
            frameRate: state.meter.frameRate, keyFrameInterval: state.meter.keyFrameInterval,
            interruptions: state.interruptions, readers: state.readers.count,
            framesDropped: state.readers.values.reduce(state.framesDropped) { $0 + $1.dropped })
    }

    private func tell(_ events: [FeedEvent], to readers: [FeedReader]) {
        for reader in readers {
            for event in events { reader.push(event) }
        }
    }
}

// MARK: - The publisher's side

extension Feed {
    func declare(_ format: TrackFormat, from generation: UInt64) {
        let readers = state.withLock { state -> [FeedReader] in
            guard state.generation == generation, state.status == .live else { return [] }
            guard state.formats[format.kind] != format else { return [] }
            state.formats[format.kind] = format
            state.cache.clear()
            return Array(state.readers.values)
        }
        tell([.format(format)], to: readers)
    }

    func deliver(_ frame: MediaFrame, from generation: UInt64) {
        let (events, readers) = state.withLock { state -> ([FeedEvent], [FeedReader]) in
            guard state.generation == generation, state.status == .live, let format = state.formats[frame.kind] else {
                return ([], [])
            }
            state.silentSince = ContinuousClock.now
            return (Self.place(frame, coded: format, &state), Array(state.readers.values))
        }
        tell(events, to: readers)
    }

    private static func place(_ frame: MediaFrame, coded format: TrackFormat, _ state: inout State) -> [FeedEvent] {
        let placement = state.timeline.place(
            frame.kind, at: frame.decodeTime, arrival: frame.receivedAt, timescale: format.timescale)
        let offset = MediaTime(ticks: frame.presentationOffset, timescale: frame.decodeTime.timescale)
        let placed = MediaFrame(
            kind: frame.kind, decodeTime: placement.decodeTime,
            presentationOffset: max(0, offset.rescaled(to: format.timescale).ticks), isKey: frame.isKey,
            payload: frame.payload, receivedAt: frame.receivedAt)
        if !placement.isContinuous { state.cache.clear() }
        state.cache.append(placed)
        state.meter.count(placed)
        return placement.isContinuous ? [.frame(placed)] : [.interrupted, .frame(placed)]
    }

    /// The connection of this generation is gone.
    func interrupt(from generation: UInt64) {
        let readers = state.withLock { state -> [FeedReader]? in
            guard state.generation == generation, state.status == .live else { return nil }
            Self.interrupt(&state)
            return Array(state.readers.values)
        }
        guard let readers else { return }
        tell([.interrupted], to: readers)
        observer(.interrupted(room, id))
    }

    private static func interrupt(_ state: inout State) {
        state.status = .interrupted
        state.interruptions += 1
        state.silentSince = ContinuousClock.now
        state.timeline.interrupt()
        state.cache.clear()
        state.meter.stop()
        state.cutOff = nil
    }

    func onCutOff(of generation: UInt64, _ action: @escaping @Sendable (PublishRefusal) -> Void) {
        let reason = state.withLock { state -> PublishRefusal? in
            guard state.generation == generation else {
                return PublishRefusal(.alreadyPublishing, "Another connection with this stream key has taken over.")
            }
            if state.cutOffReason == nil { state.cutOff = action }
            return state.cutOffReason
        }
        if let reason { action(reason) }
    }
}

// MARK: - The hub's side

extension Feed {
    /// Lets the next publisher in: one who comes after an interruption, or one with the key of a predecessor that has been silent
    /// for `silence`. Nil where the feed is taken or over.
    func succeed(_ publisher: Publisher, silence: Duration) -> Publication? {
        let (generation, cutOff, readers) = state.withLock {
            state -> (UInt64?, (@Sendable (PublishRefusal) -> Void)?, [FeedReader]) in
            let gaveWay = state.publisher.key == publisher.key && state.silentSince.duration(to: .now) >= silence
            guard state.status == .interrupted || (state.status == .live && gaveWay) else { return (nil, nil, []) }
            let displaced = state.cutOff
            let readers = state.status == .live ? Array(state.readers.values) : []
            if state.status == .live { Self.interrupt(&state) }
            state.generation &+= 1
            (state.status, state.publisher, state.since) = (.live, publisher, clock.now())
            state.silentSince = .now
            return (state.generation, displaced, readers)
        }
        guard let generation else { return nil }
        tell([.interrupted], to: readers)
        cutOff?(PublishRefusal(.alreadyPublishing, "Another connection with this stream key has taken over."))
        observer(.resumed(room, id))
        return Publication(feed: self, generation: generation)
    }

    func firstPublication() -> Publication { Publication(feed: self, generation: 1) }

    /// Whether the key is that of its publisher, or of the last where none is connected.
    func isPublished(with key: StreamKeyID) -> Bool {
        state.withLock { $0.publisher.key == key }
    }

    /// Whether the publisher has been away for longer than `patience`.
    func isAbandoned(after patience: Duration) -> Bool {
        state.withLock { $0.status == .interrupted && $0.silentSince.duration(to: .now) >= patience }
    }

    /// Ends the feed for its readers, and its publisher too where one is connected.
    func end(_ reason: PublishRefusal) {
        let (readers, cutOff, wasRunning) = state.withLock {
            state -> ([FeedReader], (@Sendable (PublishRefusal) -> Void)?, Bool) in
            guard state.status != .ended else { return ([], nil, false) }
            state.status = .ended
            state.cutOffReason = reason
            state.cache.clear()
            defer { state.readers = [:] }
            return (Array(state.readers.values), state.cutOff.take(), true)
        }
        guard wasRunning else { return }
        tell([.ended], to: readers)
        cutOff?(reason)
        observer(.ended(room, id))
    }
}
