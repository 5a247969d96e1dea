import CFFmpeg
package import Media
package import NIOCore
package import Time

/// Makes Opus of a track's sound, as WebRTC carries it (RFC 7587): stereo at 48,000 Hz, a packet for each 20 ms.
package struct OpusTranscoder: ~Copyable {
    package static let sampleRate: Int32 = 48_000
    static let channels: Int32 = 2
    static let samplesPerPacket: Int32 = 960

    package struct OpusPacket: Hashable, Sendable {
        /// Where the first of the samples stands that a decoder makes of it, in ticks of one sample.
        package let time: MediaTime
        package let payload: ByteBuffer
    }

    private let decoder: CodecContext
    private let packet: Packet
    private let frame: Frame
    /// What follows without a hole; nil before the first frame.
    private var run: OpusRun?

    package init(_ format: SoundFormat) throws(FFmpegError) {
        let decoder = try CodecContext.decoder(of: .sound(format))
        let packet = try Packet()
        frame = try Frame()
        self.decoder = decoder
        self.packet = packet
    }

    /// Where frames are missing, packets are missing too: times never run on over a hole, nor back.
    ///
    /// - Parameters:
    ///   - payload: one frame of the track.
    ///   - time: in ticks of one of its samples.
    /// - Returns: the packets that are full with it.
    /// - Throws: where libavcodec cannot take the frame; the next may be given all the same.
    package mutating func transcode(_ payload: ByteBuffer, at time: MediaTime) throws(FFmpegError) -> [OpusPacket] {
        try unsafe packet.borrow(payload) { packet throws(FFmpegError) in
            unsafe packet.pointee.pts = time.ticks
            _ = unsafe try decoder.send(packet)
        }
        var packets: [OpusPacket] = []
        while case .done = try decoder.receive(into: frame) {
            let time = unsafe MediaTime(ticks: frame.pointer.pointee.pts, timescale: time.timescale)
            packets += try take(at: time.rescaled(to: Self.sampleRate).ticks)
        }
        return packets
    }

    private mutating func take(at time: Int64) throws(FFmpegError) -> [OpusPacket] {
        if let run, run.goes(on: frame, at: time) { return try run.take(frame, at: time) }
        let fresh = try OpusRun(like: frame, at: time)
        run = fresh
        return try fresh.take(frame, at: time)
    }
}

/// Sound without a hole and of one form, on its way to Opus.
private final class OpusRun {
    /// How far a frame may be from where the one before it ended; times of frames are rounded.
    private static let tolerance: Int64 = 48

    private let resampler: Resampler
    private let encoder: CodecContext
    private let frame: Frame
    private let packet: Packet
    private let form: SoundForm
    /// Stereo samples that do not fill a packet yet.
    private var samples: [Float] = []
    /// Where the first of them stands, and where the last frame ended; in ticks of one sample.
    private var time: Int64
    private var end: Int64

    init(like frame: borrowing Frame, at time: Int64) throws(FFmpegError) {
        resampler = try Resampler()
        encoder = try CodecContext.opusEncoder()
        self.frame = try Frame.stereo(samples: OpusTranscoder.samplesPerPacket)
        packet = try Packet()
        form = frame.soundForm
        (self.time, end) = (time, time)
    }

    func goes(on frame: borrowing Frame, at time: Int64) -> Bool {
        frame.soundForm == form && abs(time - end) <= Self.tolerance
    }

    func take(_ sound: borrowing Frame, at start: Int64) throws(FFmpegError) -> [OpusTranscoder.OpusPacket] {
        samples += try resampler.stereo(sound)
        end = start + sound.duration
        var packets: [OpusTranscoder.OpusPacket] = []
        let size = Int(OpusTranscoder.samplesPerPacket * OpusTranscoder.channels)
        while samples.count >= size {
            try encode(samples.prefix(size))
            samples.removeFirst(size)
            time += Int64(OpusTranscoder.samplesPerPacket)
            while let packet = try nextPacket() { packets.append(packet) }
        }
        return packets
    }

    private func encode(_ samples: ArraySlice<Float>) throws(FFmpegError) {
        try frame.fill(samples, at: time)
        try encoder.send(frame)
    }

    private func nextPacket() throws(FFmpegError) -> OpusTranscoder.OpusPacket? {
        guard case .done = try encoder.receive(into: packet) else { return nil }
        defer { unsafe av_packet_unref(packet.pointer) }
        let made = unsafe packet.pointer.pointee
        let payload = unsafe ByteBuffer(bytes: UnsafeBufferPointer(start: made.data, count: Int(made.size)))
        return unsafe OpusTranscoder.OpusPacket(
            time: MediaTime(ticks: made.pts, timescale: OpusTranscoder.sampleRate), payload: payload)
    }
}
