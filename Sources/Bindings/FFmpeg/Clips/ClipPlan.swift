import CFFmpeg
import Media
import Time

/// Which pictures of a track belong to a clip, and which of them can be copied. Times are in ticks of the track.
struct ClipPlan {
    /// A picture that needs no other, and behind which none needs an earlier one.
    struct KeyFrame {
        let time: Int64
        let decodeTime: Int64
        /// How much later than decoded it is shown.
        var delay: Int64 { time - decodeTime }
    }

    /// Where reading begins.
    let first: KeyFrame
    /// Presentation times of what is wanted.
    let wanted: Range<Int64>
    /// Of what is copied, from key frame to key frame; empty where nothing can be.
    let copied: Range<Int64>
    /// The key frame where copying begins, else `first`.
    let firstCopied: KeyFrame

    /// Whether something has to be encoded.
    var hasEdges: Bool { copied != wanted }

    /// Seconds of pictures that are decoded and encoded for one end of a clip, at most.
    static let longestEdge: Int64 = 120
    /// Times are asked for to the millisecond, and frames lie anywhere.
    static let tolerance: Duration = .microseconds(500)

    /// - Returns: nil where the file has no picture in the range.
    init?(_ order: ClipOrder, in input: borrowing InputFile) throws(FFmpegError) {
        guard let stream = unsafe input.firstStream(of: .picture) else { return nil }
        let timescale = unsafe stream.pointee.time_base.den
        guard timescale > 0 else { throw FFmpegError(.invalidData, while: "finding the picture of \(order.path)") }
        let start = MediaTime(order.range.lowerBound + Self.tolerance, timescale: timescale).ticks
        let end = MediaTime(order.range.upperBound - Self.tolerance, timescale: timescale).ticks
        var survey = PictureSurvey(from: start, to: end)
        try unsafe survey.read(stream, of: input)
        guard let first = survey.first, let shown = survey.shown else { return nil }
        let keys = survey.keys
        let beginning = order.isToTheFrame ? shown : first.time
        let ending = order.isToTheFrame ? end : survey.next?.time ?? .max
        guard beginning < ending else { return nil }
        let from = keys.first { $0.time >= beginning && $0.time < ending }
        let whole = survey.reachedEnd || ending == .max || survey.next?.time == ending
        let to = whole ? ending : keys.last { $0.time <= ending }?.time ?? ending
        self.first = first
        wanted = beginning..<ending
        firstCopied = from ?? first
        copied = from.map { $0.time..<max($0.time, to) } ?? beginning..<beginning
        try checkEdges(timescale)
    }

    private func checkEdges(_ timescale: Int32) throws(FFmpegError) {
        guard hasEdges else { return }
        let longest = Self.longestEdge * Int64(timescale)
        let head = (copied.isEmpty ? wanted.upperBound : copied.lowerBound) - first.time
        let tail = copied.isEmpty ? 0 : wanted.upperBound - copied.upperBound
        guard max(head, tail) <= longest else {
            throw FFmpegError(
                .invalidArgument, while: "cutting to the frame, since key frames lie more than two minutes apart here")
        }
    }
}

/// What is found out of a track's pictures before they are cut.
private struct PictureSurvey {
    private let start: Int64
    private let end: Int64
    /// The last key frame at or before the start, or the first of all.
    private(set) var first: ClipPlan.KeyFrame?
    /// The last picture that begins at or before the start, and the earliest that begins after it.
    private var before: Int64?
    private var after: Int64?
    /// From `first` on, up to the end.
    private(set) var keys: [ClipPlan.KeyFrame] = []
    /// The first at or after the end.
    private(set) var next: ClipPlan.KeyFrame?
    /// Whether no picture begins at or after the end.
    private(set) var reachedEnd = false

    init(from start: Int64, to end: Int64) {
        (self.start, self.end) = (start, end)
    }

    /// The picture that is shown at the start, or the first of all.
    var shown: Int64? { before ?? after }

    mutating func read(_ stream: UnsafeMutablePointer<AVStream>, of input: borrowing InputFile) throws(FFmpegError) {
        let packet = try Packet()
        var target = start
        repeat {
            try unsafe input.seek(stream, to: target)
            self = PictureSurvey(from: start, to: end)
            reachedEnd = true
            while next == nil, try input.read(into: packet) == .done {
                guard unsafe packet.pointer.pointee.stream_index == stream.pointee.index else { continue }
                unsafe note(packet.pointer)
            }
            guard let first, first.time > start, first.decodeTime < target else { return }
            // It was sought by decode time, and a key frame is shown later than that.
            target = first.decodeTime - 1
        } while target > 0
    }

    private mutating func note(_ packet: UnsafeMutablePointer<AVPacket>) {
        let (time, decodeTime) = unsafe (packet.pointee.pts, packet.pointee.dts)
        if time >= end { reachedEnd = false }
        if time <= start { before = max(before ?? time, time) } else { after = min(after ?? time, time) }
        guard unsafe packet.isKeyFrame else { return }
        let key = ClipPlan.KeyFrame(time: time, decodeTime: decodeTime)
        if time >= end, first != nil { next = key }
        if time <= start || first == nil { (first, keys) = (key, []) }
        keys.append(key)
    }
}

extension UnsafeMutablePointer<AVPacket> {
    /// Whether it is marked as a key frame and, of H.264 behind lengths of four bytes, has a picture that starts decoding anew
    /// (ITU-T H.264 §7.4.1.2.4, unit type 5): an I picture alone is no place to cut.
    fileprivate var isKeyFrame: Bool {
        guard unsafe pointee.flags & AV_PKT_FLAG_KEY != 0, let data = unsafe pointee.data else { return false }
        let bytes = unsafe UnsafeBufferPointer(start: data, count: max(0, Int(pointee.size)))
        var place = 0
        while place + 5 <= bytes.count {
            let length = unsafe bytes[place..<(place + 4)].reduce(0) { $0 << 8 | Int($1) }
            if unsafe bytes[place + 4] & 0x1F == 5 { return true }
            guard length > 0, length <= bytes.count - place - 4 else { return false }
            place += 4 + length
        }
        return false
    }
}
