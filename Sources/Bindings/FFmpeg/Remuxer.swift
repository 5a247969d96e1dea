import CFFmpeg
package import NIOCore
package import Time

/// Puts tracks that lie in files of their own together in one MP4, frame by frame as they are: nothing is decoded.
///
/// Holes in a picture stay: the frame before one lasts until the frame after it. Browsers however play the frames of a sound one
/// after the other, whatever their times say, so that silent frames are put into its holes. A track that begins after the origin carries that as an
/// empty edit, so that the tracks keep the distance that their times say.
package enum Remuxer {
    /// What is taken of one file: its first track.
    package struct Source: Hashable, Sendable {
        package let path: String
        /// Frames decoded at these times, in ticks of the track.
        package let decodeTimes: Range<Int64>
        /// What stands in the holes; nil where they stay.
        package let silence: Silence?

        package init(path: String, decodeTimes: Range<Int64>, silence: Silence? = nil) {
            self.path = path
            self.decodeTimes = decodeTimes
            self.silence = silence
        }
    }

    /// A frame of sound in which nothing is heard.
    package struct Silence: Hashable, Sendable {
        package let bytes: ByteBuffer
        /// How long each frame of the track lasts, in its ticks.
        package let length: Int32

        package init(bytes: ByteBuffer, length: Int32) {
            self.bytes = bytes
            self.length = length
        }
    }

    /// How much was written.
    package struct Summary: Hashable, Sendable {
        /// Frames of each source, without those of silence.
        package let frames: [Int]
        /// Frames that could not stand behind the one before them, since their decode time is not later.
        package let leftOut: Int
    }

    /// Writes `output`, in place of what stands there.
    ///
    /// - Parameters:
    ///   - origin: becomes time 0; not later than the first frame of any source.
    ///   - chapters: in the order of time.
    ///   - progress: told now and then how much of the whole is done, from 0 to 1.
    package static func join(
        _ sources: [Source], from origin: MediaTime, chapters: [ChapterTrack.Chapter] = [], to output: String,
        progress: (Double) -> Void
    ) throws(FFmpegError) -> Summary {
        let file = try OutputFile(output)
        var tracks: [SourceTrack] = []
        for source in sources { tracks.append(try SourceTrack(source, origin: origin, joining: file)) }
        try file.add(chapters)
        try file.begin()
        for track in tracks { try track.advance() }
        var meter = ProgressMeter()
        while let next = tracks.filter(\.hasFrame).min(by: { $0.headTime < $1.headTime }) {
            try next.writeHead(to: file)
            if let fraction = meter.reached(next.fraction) { progress(fraction) }
        }
        try file.end()
        return Summary(frames: tracks.map(\.written), leftOut: tracks.reduce(0) { $0 + $1.leftOut })
    }
}

/// One source while its frames are being taken.
@safe private final class SourceTrack {
    private let input: InputFile
    private let packet: Packet
    private let silent: Packet
    private let stream: UnsafeMutablePointer<AVStream>
    private let range: Range<Int64>
    private let place: Int32
    private let timescale: Int32
    /// What is taken off every time, in ticks.
    private let shift: Int64
    private(set) var hasFrame = false
    private(set) var written = 0
    private(set) var leftOut = 0
    private var lastTime: Int64?
    private let silence: ByteBuffer
    /// nil where holes stay.
    private var filler: SilenceFiller?

    init(_ source: Remuxer.Source, origin: MediaTime, joining file: borrowing OutputFile) throws(FFmpegError) {
        let input = try InputFile(source.path)
        guard input.streamCount > 0, let stream = unsafe input.stream(0), unsafe stream.pointee.time_base.den > 0 else {
            throw FFmpegError(.invalidData, while: "finding the track of \(source.path)")
        }
        unsafe self.stream = stream
        place = unsafe try file.addTrack(like: stream)
        let timescale = unsafe stream.pointee.time_base.den
        self.timescale = timescale
        shift = origin.rescaled(to: timescale).ticks
        range = source.decodeTimes
        silence = source.silence?.bytes ?? ByteBuffer()
        filler = source.silence.map { SilenceFiller(length: $0.length, timescale: timescale) }
        packet = try Packet()
        silent = try Packet()
        self.input = input
    }

    /// The decode time of the frame at hand, or of the silence before it.
    var headTime: MediaTime { MediaTime(ticks: unsafe filler?.next ?? packet.pointer.pointee.dts, timescale: timescale) }

    /// How much of the source is done.
    var fraction: Double {
        guard hasFrame, let lastTime, !range.isEmpty else { return 1 }
        return (Double(lastTime) - Double(range.lowerBound)) / (Double(range.upperBound) - Double(range.lowerBound))
    }

    /// Reads on to the next frame that is wanted.
    func advance() throws(FFmpegError) {
        hasFrame = false
        while try input.read(into: packet) == .done {
            let time = unsafe packet.pointer.pointee.dts
            guard time < range.upperBound else { return }
            guard unsafe packet.pointer.pointee.stream_index == 0, time >= range.lowerBound else { continue }
            guard lastTime.map({ time > $0 }) ?? true else {
                leftOut += 1
                continue
            }
            filler?.expect(time)
            lastTime = time
            hasFrame = true
            return
        }
    }

    /// Writes what `headTime` is the time of, and goes on to what follows it.
    func writeHead(to file: borrowing OutputFile) throws(FFmpegError) {
        if let time = filler?.next {
            try writeSilence(at: time, to: file)
            filler?.fill()
        } else {
            unsafe filler?.pass(packet.pointer.pointee.dts)
            try writeFrame(to: file)
            try advance()
        }
    }

    private func writeFrame(to file: borrowing OutputFile) throws(FFmpegError) {
        unsafe packet.pointer.pointee.dts = minus(packet.pointer.pointee.dts)
        unsafe packet.pointer.pointee.pts = minus(packet.pointer.pointee.pts)
        try file.write(packet, place: place, timeBase: timeBase)
        written += 1
    }

    private func writeSilence(at time: Int64, to file: borrowing OutputFile) throws(FFmpegError) {
        try unsafe silent.borrow(silence) { pointer throws(FFmpegError) in
            unsafe pointer.pointee.dts = minus(time)
            unsafe pointer.pointee.pts = minus(time)
            unsafe pointer.pointee.duration = filler?.length ?? 0
            unsafe pointer.pointee.flags = AV_PKT_FLAG_KEY
            try file.write(silent, place: place, timeBase: timeBase)
        }
    }

    private var timeBase: AVRational { AVRational(num: 1, den: timescale) }

    private func minus(_ time: Int64) -> Int64 {
        let (difference, overflow) = time.subtractingReportingOverflow(shift)
        return overflow ? time : difference
    }
}
