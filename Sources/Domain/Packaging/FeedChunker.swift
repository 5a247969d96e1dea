import Codecs
package import Media
import NIOCore
package import Streams
package import Time

/// Makes the chunks of a feed: one chunker for each track, and the line of segments on which both agree.
///
/// ```
///             first key frame            interrupted, overrun
///   waiting ──────────────────▶ running ──────────────────────▶ waiting …      ended ▶ over
///      └─ no key frame in time ▶ sound alone ─┘
/// ```
///
/// The picture leads. A segment begins at its first key frame after `segmentDuration`, or without one where it would outlast
/// the target duration. Sound waits until the picture has come as far, and enters a segment with its first packet at or after
/// the segment's start; so the media sequence numbers of both tracks stay equal. Where the picture stays away, the sound leads.
/// Where sound that has been heard stays away, silence stands in for it, since players would wait for it for ever.
///
/// What nothing came for is given out as gaps, so that playlists go on; see `pass`.
///
/// A picture lasts until the next one, so one is always held back. An interruption ends the running segment at once; what comes
/// after begins a new one at a key frame, called discontinuous where media is missing between.
///
/// Bytes and times in, chunks out: no clock, no task. One owner at a time.
package struct FeedChunker: ~Copyable {
    let configuration: Configuration
    let line: SessionLine
    var segments: SegmentLine
    var picture: TrackChunker
    var sound: TrackChunker

    private var pictureFormat: PictureFormat?
    /// The last picture, whose duration is not known yet.
    private var held: PlacedFrame?
    /// How long the last picture lasted, in its ticks.
    private var lastDuration: Int64 = 3000

    private var soundFormat: SoundFormat?
    private var soundClock = SoundClock(tolerance: .milliseconds(80))
    /// When the last packet of sound came.
    private var soundHeardAt: UTCInstant?
    private var waiting: [PlacedFrame] = []

    /// Whether the next segment begins anew, since the format of a track has changed or gaps were given out.
    var isBreakDue = false

    /// For how long nothing has come at all, and no picture that can be decoded.
    var silence: Duration = .zero
    var pictureSilence: Duration = .zero
    /// Whether silence alone has interrupted: what comes then may go on where it stopped.
    var isStalled = false
    /// While no track has anything.
    var absence: Absence?
    var gaps: [Gap] = []

    /// - Parameters:
    ///   - origin: the origin of the session's epoch: times count from it.
    ///   - firstSegment: the media sequence number to begin with; see `firstSegment(at:origin:)`.
    ///   - shift: how far the session's line is ahead of the feed's.
    package init(origin: UTCInstant, shift: Duration = .zero, firstSegment: Int64, configuration: Configuration) {
        self.configuration = configuration
        self.line = SessionLine(origin: origin, shift: shift)
        self.segments = SegmentLine(first: firstSegment)
        self.picture = TrackChunker(line: line, partTarget: configuration.partTarget)
        self.sound = TrackChunker(line: line, partTarget: configuration.partTarget)
    }

    /// The media sequence number with which a program that starts now goes on: the tenths of a second since the session's origin.
    ///
    /// Segments are much longer than that, but for a desk whose connection breaks all the time; so an earlier run of the program
    /// cannot have come as far, and the numbers never fall across a restart without anything being kept (RFC 8216 §6.2.1).
    package static func firstSegment(at now: UTCInstant, origin: UTCInstant) -> Int64 {
        max(0, now.since(origin).microseconds / 100_000)
    }

    /// The instant of time 0 of the tracks of a session with this origin: a lead-in before it, so that no time is below zero.
    package static func timeZero(origin: UTCInstant) -> UTCInstant {
        origin.advanced(by: .zero - SessionLine.leadIn)
    }

    /// Frames that could not be written, of both tracks.
    package var faults: [TrackKind: FaultCount] { [.picture: picture.faults, .sound: sound.faults] }

    /// Takes what a reader of the feed was told; gives what is complete with it, in order on each track.
    package mutating func consume(_ event: FeedEvent) -> [ChunkerOutput] {
        switch event {
        case .format(.picture(let format)): announce(format)
        case .format(.sound(let format)): announce(format)
        case .frame(let frame) where frame.kind == .picture: take(picture: frame)
        case .frame(let frame): take(sound: frame)
        case .interrupted, .overrun, .ended:
            interrupt()
            isStalled = false
        }
        let outputs = takeOutput()
        missPicture(beside: outputs)
        return outputs
    }

    mutating func takeOutput() -> [ChunkerOutput] { picture.takeOutput() + sound.takeOutput() }

    private mutating func announce(_ format: PictureFormat) {
        pictureFormat = format
        if let running = picture.format, running != .picture(format) { isBreakDue = true }
    }

    private mutating func announce(_ format: SoundFormat) {
        soundFormat = format
        if let running = sound.format, running != .sound(format) { isBreakDue = true }
    }

    /// Begins a segment with `frame`, on a track that ended at `end` in `format`. It is a break where the format of
    /// either track is new or media is missing.
    private mutating func begin(with frame: PlacedFrame, after end: MediaTime?, in format: TrackFormat?) -> SegmentLine.Start {
        defer { (isBreakDue, isStalled, absence) = (false, false, nil) }
        let isNew = format.map { $0 != frame.format } ?? false
        let isGap = end.map { (frame.decodeTime - $0).duration > Self.negligibleGap } ?? false
        return segments.begin(at: frame.decodeTime, isBreak: isBreakDue || isNew || isGap)
    }

    /// Ends both tracks' segments; each goes on with a new one.
    mutating func interrupt() {
        if awaitsPicture { waiting = [] }
        release(waiting.count)
        leavePicture()
        sound.leave()
        segments.close()
        soundClock.interrupt()
    }
}

// MARK: - The picture

extension FeedChunker {
    private mutating func take(picture frame: MediaFrame) {
        silence = .zero
        guard let pictureFormat, let time = line.time(of: frame.decodeTime, timescale: 90_000) else { return }
        let placed = PlacedFrame(frame, format: .picture(pictureFormat), at: clear(time))
        settleHeld(until: placed)
        guard isDecodable(placed) else { return }
        pictureSilence = .zero
        enterSegment(with: placed)
        held = placed
        standInForSound(until: placed.decodeTime, at: frame.receivedAt)
        releaseSound()
    }

    /// Moves a picture on to the end of what was written, where the last picture was taken to last a little too long.
    private func clear(_ time: MediaTime) -> MediaTime {
        guard let end = picture.end, time < end, (end - time).duration <= Self.negligibleGap else { return time }
        return end
    }

    /// Writes the picture held back, now that the next one tells how long it lasts.
    private mutating func settleHeld(until next: PlacedFrame) {
        guard let held else { return }
        let duration = next.decodeTime - held.decodeTime
        if max(duration.duration, picture.elapsed(at: next.decodeTime)) > Configuration.targetDuration {
            interrupt()
        } else {
            settleHeld(lasting: max(1, duration.ticks))
        }
    }

    private mutating func settleHeld(lasting duration: Int64) {
        guard let frame = held.take() else { return }
        lastDuration = duration
        picture.write(frame, lasting: duration)
    }

    /// Ends the picture's segment; it goes on with a new one.
    mutating func leavePicture() {
        settleHeld(lasting: lastDuration)
        picture.leave()
    }

    /// A segment after an interruption, and a stretch, begin with a key frame; no picture stands before the end of what was
    /// written.
    private func isDecodable(_ frame: PlacedFrame) -> Bool {
        if let end = picture.end, frame.decodeTime < end { return false }
        return frame.isKey || ((picture.isRunning || isStalled) && picture.format == frame.format)
    }

    private mutating func enterSegment(with frame: PlacedFrame) {
        guard endsSegment(frame) else { return picture.makeRoom(for: lastDuration, at: frame.decodeTime) }
        let isBreak = isBreakDue || picture.format != frame.format
        let begun = isBreak ? nil : segments.start(at: frame.decodeTime, after: picture.lastNumber)
        picture.enter(begun ?? begin(with: frame, after: picture.end, in: picture.format), with: frame)
    }

    private func endsSegment(_ frame: PlacedFrame) -> Bool {
        guard picture.isRunning, picture.format == frame.format, !isBreakDue else { return true }
        let elapsed = picture.elapsed(at: frame.decodeTime)
        let full = picture.startsAtKey ? configuration.segmentDuration - Self.earliness : Self.shortestSegment
        let next = elapsed + MediaTime(ticks: lastDuration, timescale: frame.decodeTime.timescale).duration
        return (frame.isKey && elapsed >= full) || next > Configuration.targetDuration
    }
}

// MARK: - The sound

extension FeedChunker {
    private mutating func take(sound frame: MediaFrame) {
        soundHeardAt = frame.receivedAt
        silence = .zero
        guard let soundFormat, let time = line.time(of: frame.decodeTime, timescale: soundFormat.sampleRate),
            let stamp = soundClock.stamp(time, samples: soundFormat.samplesPerFrame)
        else { return }
        waiting.append(PlacedFrame(frame, format: .sound(soundFormat), at: stamp))
        releaseSound()
    }

    /// Fills up with silence what the picture has passed, where no sound comes any more.
    private mutating func standInForSound(until picture: MediaTime, at now: UTCInstant) {
        guard let heardAt = soundHeardAt, now.since(heardAt) >= Self.soundAbsence, case .sound(let format)? = sound.format,
            let silence = Self.silence(in: format)
        else { return }
        var time = soundClock.next ?? picture.rescaled(to: format.sampleRate)
        while time <= picture, let stamp = soundClock.stamp(time, samples: format.samplesPerFrame), let next = soundClock.next {
            let frame = MediaFrame(
                kind: .sound, decodeTime: stamp, presentationOffset: 0, isKey: true, payload: silence, receivedAt: now)
            waiting.append(PlacedFrame(frame, format: .sound(format), at: stamp))
            time = next
        }
    }

    /// Nil where the codec's configuration has no such frame.
    private static func silence(in format: SoundFormat) -> ByteBuffer? {
        let configuration = try? AudioSpecificConfig(ByteBuffer(bytes: format.configuration))
        return (configuration?.silence).map { ByteBuffer(bytes: $0) }
    }

    /// Whether nothing runs yet, and a picture is announced that has had no key frame.
    private var awaitsPicture: Bool { pictureFormat != nil && !picture.isRunning && !sound.isRunning }

    /// Lets the packets go on that the picture has reached, and those that have waited long enough.
    private mutating func releaseSound() {
        guard let newest = waiting.last?.decodeTime else { return }
        let patience = awaitsPicture ? Self.keyFramePatience : Self.soundPatience
        let surplus = waiting.count - Self.maximumWaitingSound
        let ready = waiting.enumerated().prefix { index, frame in
            let isReached = held.map { frame.decodeTime <= $0.decodeTime } ?? sound.isRunning
            return isReached || index < surplus || (newest - frame.decodeTime).duration > patience
        }
        release(ready.count)
    }

    private mutating func release(_ count: Int) {
        for frame in waiting.prefix(count) { write(sound: frame) }
        waiting.removeFirst(count)
    }

    private mutating func write(sound frame: PlacedFrame) {
        guard case .sound(let format) = frame.format else { return }
        let duration = Int64(format.samplesPerFrame)
        guard enterSegment(withSound: frame) else { return }
        sound.makeRoom(for: duration, at: frame.decodeTime)
        sound.write(frame, lasting: duration)
    }

    /// Follows the picture into the segment that holds `frame`, or begins one where the sound leads.
    ///
    /// - Returns: whether the packet may be written: not before the picture has begun, nor in another format than its stretch.
    private mutating func enterSegment(withSound frame: PlacedFrame) -> Bool {
        if let start = segments.start(at: frame.decodeTime, after: sound.lastNumber) {
            guard maySwitch(to: frame.format, at: start) else { return false }
            sound.enter(start, with: frame)
        } else if soundLeads(at: frame.decodeTime), endsSegment(withSound: frame) {
            sound.enter(begin(with: frame, after: sound.end, in: sound.format), with: frame)
        }
        return sound.isRunning && sound.format == frame.format
    }

    /// A stretch of sound begins at a break only, and no packet in an older format crosses one.
    private func maySwitch(to format: TrackFormat, at start: SegmentLine.Start) -> Bool {
        guard start.isBreak else { return sound.format == nil || sound.format == format }
        return soundFormat.map(TrackFormat.sound) == format
    }

    /// Whether there is no picture at `time` to follow.
    private func soundLeads(at time: MediaTime) -> Bool {
        guard let held else { return true }
        return sound.isRunning && time > held.decodeTime
    }

    private func endsSegment(withSound frame: PlacedFrame) -> Bool {
        guard sound.isRunning, sound.format == frame.format else { return true }
        let limit = held == nil ? configuration.segmentDuration : Configuration.targetDuration + Self.soundSlack
        return sound.elapsed(at: frame.decodeTime) >= limit
    }
}
