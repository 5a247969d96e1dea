import CFFmpeg
import Media
import NIOCore
import Time

/// Cuts a part out of an MP4: picture and sound as they are but for the pictures at its ends, where those have to be encoded anew.
///
/// Sound is cut between its frames, of about 20 ms, and keeps its distance from the picture. The first picture is time 0.
package enum ClipCutter {
    /// What became of an order.
    package struct Summary: Hashable, Sendable {
        /// Where in the file the clip begins.
        package let start: Duration
        /// How many pictures were encoded anew.
        package let encoded: Int
    }

    /// Writes `output`, in place of what stands there.
    ///
    /// - Parameter progress: told now and then how much of the whole is done, from 0 to 1.
    /// - Returns: nil where the file has nothing in the range.
    package static func cut(
        _ order: ClipOrder, to output: String, progress: (Double) -> Void
    ) throws(FFmpegError) -> Summary? {
        let input = try InputFile(order.path)
        let plan = try ClipPlan(order, in: input)
        let hasPicture = unsafe input.firstStream(of: .picture) != nil
        guard plan != nil || !hasPicture else { return nil }
        let file = try OutputFile(output)
        let cutting = try ClipCutting(order, plan, input, file)
        try file.begin()
        try cutting.run(input, file, progress: progress)
        guard cutting.written > 0 else { return nil }
        try file.end()
        return Summary(start: cutting.origin.duration, encoded: cutting.encoded)
    }
}

/// One clip while it is written.
@safe private final class ClipCutting {
    private let picture: PictureCutting?
    private let sound: SoundCutting?
    /// The place in the file that becomes time 0.
    let origin: MediaTime
    private let order: ClipOrder
    private let packet: Packet
    private(set) var written = 0

    var encoded: Int { picture?.encoded ?? 0 }

    init(
        _ order: ClipOrder, _ plan: ClipPlan?, _ input: borrowing InputFile, _ file: borrowing OutputFile
    ) throws(FFmpegError) {
        self.order = order
        packet = try Packet()
        var (origin, end) = (MediaTime(order.range.lowerBound, timescale: 1_000_000), order.range.upperBound)
        var picture: PictureCutting?
        if let plan, let stream = unsafe input.firstStream(of: .picture) {
            picture = try unsafe PictureCutting(stream, plan, order.parameterSets, file)
            let timescale = unsafe stream.pointee.time_base.den
            origin = MediaTime(ticks: plan.wanted.lowerBound, timescale: timescale)
            if !order.isToTheFrame { end = MediaTime(ticks: plan.wanted.upperBound, timescale: timescale).duration }
        }
        self.picture = picture
        self.origin = origin
        sound = try unsafe input.firstStream(of: .sound).map { stream throws(FFmpegError) in
            try unsafe SoundCutting(stream, from: origin, to: MediaTime(end, timescale: 1_000_000), file)
        }
    }

    func run(_ input: borrowing InputFile, _ file: borrowing OutputFile, progress: (Double) -> Void) throws(FFmpegError) {
        try seek(input)
        var meter = ProgressMeter()
        while !(picture?.isDone ?? true) || !(sound?.isDone ?? true), try input.read(into: packet) == .done {
            let taken = unsafe packet.pointer.pointee.stream_index
            if let picture, unsafe taken == picture.stream.pointee.index {
                try picture.take(packet, origin: origin, file)
                if let fraction = meter.reached(unsafe fraction(picture.stream)) { progress(fraction) }
            } else if let sound, unsafe taken == sound.stream.pointee.index {
                try sound.take(packet, file)
            }
        }
        try picture?.end(origin: origin, file)
        written = (picture?.written ?? 0) + (sound?.written ?? 0)
    }

    private func seek(_ input: borrowing InputFile) throws(FFmpegError) {
        if let picture { return try unsafe input.seek(picture.stream, to: picture.plan.first.decodeTime) }
        if let sound { try unsafe input.seek(sound.stream, to: sound.range.lowerBound) }
    }

    private func fraction(_ stream: UnsafeMutablePointer<AVStream>) -> Double {
        let now = unsafe MediaTime(ticks: packet.pointer.pointee.dts, timescale: stream.pointee.time_base.den).duration
        return max(0, (now - order.range.lowerBound) / (order.range.upperBound - order.range.lowerBound))
    }
}

/// The picture of a clip: what lies before, in and behind the part that is copied.
@safe private final class PictureCutting {
    let stream: UnsafeMutablePointer<AVStream>
    let plan: ClipPlan
    private let place: Int32
    private let parameterSets: ByteBuffer?
    private let joined: Packet
    private var edge: PictureEdge?
    private var isTail = false
    private(set) var isDone = false
    private(set) var written = 0
    private(set) var encoded = 0

    init(
        _ stream: UnsafeMutablePointer<AVStream>, _ plan: ClipPlan, _ parameterSets: ByteBuffer?,
        _ file: borrowing OutputFile
    ) throws(FFmpegError) {
        if plan.hasEdges, parameterSets == nil {
            throw FFmpegError(
                .invalidData, while: "cutting to the frame a picture that is not H.264 behind lengths of four bytes")
        }
        unsafe self.stream = stream
        self.plan = plan
        self.parameterSets = plan.hasEdges ? parameterSets : nil
        place = unsafe try file.addTrack(like: stream, carriesParameters: plan.hasEdges)
        joined = try Packet()
        let head = plan.copied.isEmpty ? plan.wanted : plan.wanted.lowerBound..<plan.copied.lowerBound
        if !head.isEmpty { edge = try unsafe PictureEdge(stream, wanted: head, delay: plan.firstCopied.delay) }
    }

    /// Takes the next packet of the track.
    func take(_ packet: borrowing Packet, origin: MediaTime, _ file: borrowing OutputFile) throws(FFmpegError) {
        let (time, decodeTime) = unsafe (packet.pointer.pointee.pts, packet.pointer.pointee.dts)
        guard decodeTime < plan.wanted.upperBound else { return isDone = true }
        if plan.copied.contains(time) {
            try end(origin: origin, file)
            try copy(packet, origin, file)
        } else {
            if !plan.copied.isEmpty, time >= plan.copied.upperBound, !isTail { try beginTail(time - decodeTime) }
            try unsafe edge?.take(packet.pointer) { packet throws(FFmpegError) in try writeEncoded(packet, origin, file) }
        }
    }

    /// Encodes what is still to come of an edge.
    func end(origin: MediaTime, _ file: borrowing OutputFile) throws(FFmpegError) {
        try unsafe edge?.take(nil) { packet throws(FFmpegError) in try writeEncoded(packet, origin, file) }
        edge = nil
    }

    private func beginTail(_ delay: Int64) throws(FFmpegError) {
        isTail = true
        let tail = plan.copied.upperBound..<plan.wanted.upperBound
        edge = tail.isEmpty ? nil : try unsafe PictureEdge(stream, wanted: tail, delay: delay)
    }

    private func writeEncoded(
        _ packet: borrowing Packet, _ origin: MediaTime, _ file: borrowing OutputFile
    ) throws(FFmpegError) {
        try write(packet, origin, file)
        encoded += 1
    }

    /// Copies a packet, a key frame behind the parameter sets that it needs.
    private func copy(_ packet: borrowing Packet, _ origin: MediaTime, _ file: borrowing OutputFile) throws(FFmpegError) {
        let source = unsafe packet.pointer.pointee
        guard unsafe source.flags & AV_PKT_FLAG_KEY != 0, var bytes = parameterSets else {
            return try write(packet, origin, file)
        }
        unsafe bytes.writeBytes(UnsafeRawBufferPointer(start: source.data, count: Int(source.size)))
        try unsafe joined.borrow(bytes) { pointer throws(FFmpegError) in
            unsafe (pointer.pointee.pts, pointer.pointee.dts) = unsafe (source.pts, source.dts)
            unsafe (pointer.pointee.duration, pointer.pointee.flags) = unsafe (source.duration, source.flags)
            try write(joined, origin, file)
        }
    }

    private func write(_ packet: borrowing Packet, _ origin: MediaTime, _ file: borrowing OutputFile) throws(FFmpegError) {
        try packet.move(back: origin.ticks)
        try file.write(packet, place: place, timeBase: unsafe stream.pointee.time_base)
        written += 1
    }
}

/// The sound of a clip.
@safe private final class SoundCutting {
    let stream: UnsafeMutablePointer<AVStream>
    /// Presentation times of what is wanted, in ticks of the track.
    let range: Range<Int64>
    private let place: Int32
    private(set) var isDone = false
    private(set) var written = 0

    init(
        _ stream: UnsafeMutablePointer<AVStream>, from origin: MediaTime, to end: MediaTime, _ file: borrowing OutputFile
    ) throws(FFmpegError) {
        let timescale = unsafe stream.pointee.time_base.den
        guard timescale > 0 else { throw FFmpegError(.invalidData, while: "finding the sound of a file") }
        unsafe self.stream = stream
        let start = origin.rescaled(to: timescale).ticks
        range = start..<max(start, end.rescaled(to: timescale).ticks)
        place = unsafe try file.addTrack(like: stream)
    }

    func take(_ packet: borrowing Packet, _ file: borrowing OutputFile) throws(FFmpegError) {
        let time = unsafe packet.pointer.pointee.pts
        guard time < range.upperBound else { return isDone = true }
        guard range.contains(time) else { return }
        try packet.move(back: range.lowerBound)
        try file.write(packet, place: place, timeBase: unsafe stream.pointee.time_base)
        written += 1
    }
}

extension Packet {
    /// Takes a distance off its times.
    fileprivate func move(back ticks: Int64) throws(FFmpegError) {
        let (time, early) = unsafe pointer.pointee.pts.subtractingReportingOverflow(ticks)
        let (decodeTime, earlier) = unsafe pointer.pointee.dts.subtractingReportingOverflow(ticks)
        guard !early, !earlier else { throw FFmpegError(.invalidData, while: "placing a frame") }
        unsafe pointer.pointee.pts = time
        unsafe pointer.pointee.dts = decodeTime
    }
}
