import FFmpeg
import Media
import NIOCore
import Time

/// The chunker of one track: gathers its frames into the parts of the segments that it is told to enter.
///
/// A frame is written when its duration is known. A part is closed when the frame after it is known, so that it can say
/// whether it is the last of its segment: of an open segment one part is always running.
struct TrackChunker: ~Copyable {
    /// A part is closed early when it holds this much: no encoder of ours comes near, and nothing grows without a bound.
    static let maximumPartBytes = 16 << 20

    private struct Segment {
        let number: Int64
        let start: MediaTime
        let startsAtKey: Bool
        let isDiscontinuous: Bool
        var parts = 0
    }

    private struct Part {
        let first: PlacedFrame
        /// In the track's ticks.
        var duration: Int64 = 0
        var frames = 0
        var bytes = 0
    }

    private let line: SessionLine
    /// No part lasts longer.
    private let partTarget: Duration
    private var muxer: FragmentMuxer?
    private var segment: Segment?
    private var part: Part?
    /// The media sequence number of the segment that was entered last.
    private(set) var lastNumber: Int64?
    /// The segment that is left to a gap.
    private(set) var missed: Int64?
    private(set) var stretch = -1
    /// The format of the running stretch.
    private(set) var format: TrackFormat?
    /// Where what was written ends.
    private(set) var end: MediaTime?
    private(set) var faults = FaultCount()
    /// What was made and not yet taken.
    private var output: [ChunkerOutput] = []

    init(line: SessionLine, partTarget: Duration) {
        self.line = line
        self.partTarget = partTarget
    }

    /// Whether a segment is running.
    var isRunning: Bool { segment != nil }
    var startsAtKey: Bool { segment?.startsAtKey ?? false }

    /// How far the running segment reaches at `time`.
    func elapsed(at time: MediaTime) -> Duration {
        segment.map { (time - $0.start).duration } ?? .zero
    }

    mutating func takeOutput() -> [ChunkerOutput] {
        defer { output = [] }
        return output
    }
}

// MARK: - Segments

extension TrackChunker {
    /// Ends the running segment and begins the one that `frame` is the first of, in a new stretch where its format is new.
    mutating func enter(_ start: SegmentLine.Start, with frame: PlacedFrame) {
        leave()
        if format != frame.format { begin(frame.format) }
        lastNumber = start.number
        segment = Segment(
            number: start.number, start: frame.decodeTime, startsAtKey: frame.isKey, isDiscontinuous: start.isBreak)
    }

    /// Ends the running segment; until the next is entered, frames are not written.
    mutating func leave() {
        closePart(isLast: true)
        segment = nil
    }

    /// Leaves a segment of this number, and all before it, to a gap; nothing happens where the track has entered it.
    mutating func miss(_ number: Int64) {
        guard lastNumber.map({ $0 < number }) ?? true else { return }
        (lastNumber, missed) = (number, number)
    }

    private mutating func begin(_ format: TrackFormat) {
        do throws(FFmpegError) {
            let muxer = try FragmentMuxer(format: format)
            stretch += 1
            let initialisation = Initialisation(format: format, stretch: stretch, bytes: muxer.initialisation)
            output.append(.initialisation(initialisation))
            self.muxer = consume muxer
        } catch {
            faults.count(error)
            muxer = nil
        }
        self.format = format
    }
}

// MARK: - Parts

extension TrackChunker {
    /// Closes the running part where a frame of `duration` ticks would make it longer than a part may be, or where `time` does
    /// not go on from it.
    mutating func makeRoom(for duration: Int64, at time: MediaTime) {
        guard let part else { return }
        let length = MediaTime(ticks: part.duration + duration, timescale: time.timescale)
        let isFull = length > MediaTime(partTarget, timescale: time.timescale) || part.bytes >= Self.maximumPartBytes
        if isFull || end != time { closePart(isLast: false) }
    }

    /// Adds a frame that lasts `duration` ticks to the running segment.
    mutating func write(_ frame: PlacedFrame, lasting duration: Int64) {
        makeRoom(for: duration, at: frame.decodeTime)
        guard segment != nil, frame.payload.readableBytes > 0, put(frame, lasting: duration) else { return }
        end = frame.decodeTime + MediaTime(ticks: duration, timescale: frame.decodeTime.timescale)
        var part = part ?? Part(first: frame)
        part.duration += duration
        part.frames += 1
        part.bytes += frame.payload.readableBytes
        self.part = part
    }

    private mutating func put(_ frame: PlacedFrame, lasting duration: Int64) -> Bool {
        do throws(FFmpegError) {
            try muxer?.write(
                frame.payload, decodeTime: frame.decodeTime.ticks, presentationTime: frame.presentationTime.ticks,
                duration: duration, isKey: frame.isKey)
            return muxer != nil
        } catch {
            faults.count(error)
            return false
        }
    }

    private mutating func closePart(isLast: Bool) {
        guard let part = part.take(), let segment, let bytes = fragment() else { return }
        output.append(.chunk(chunk(part, of: segment, isLast: isLast, bytes)))
        self.segment?.parts += 1
    }

    private mutating func fragment() -> ByteBuffer? {
        do throws(FFmpegError) {
            return try muxer?.flush()
        } catch {
            faults.count(error)
            return nil
        }
    }

    private func chunk(_ part: Part, of segment: Segment, isLast: Bool, _ bytes: ByteBuffer) -> Chunk {
        Chunk(
            kind: part.first.format.kind, stretch: stretch, segment: segment.number, part: segment.parts,
            decodeTime: part.first.decodeTime,
            duration: MediaTime(ticks: part.duration, timescale: part.first.decodeTime.timescale),
            isIndependent: part.first.isKey, isDiscontinuous: segment.isDiscontinuous && segment.parts == 0,
            isLast: isLast, frames: part.frames, instant: line.instant(of: part.first.presentationTime), bytes: bytes)
    }
}
