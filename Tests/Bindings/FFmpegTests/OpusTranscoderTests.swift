import FFmpeg
import Media
import MediaFixtures
import NIOCore
import Testing
import Time

@Suite struct `an Opus transcoder` {
    /// What a microphone gives: its format, its frames with times that count samples, and when the first picture is.
    private struct Take {
        var format: SoundFormat
        var frames: [(payload: ByteBuffer, time: MediaTime)] = []
        var beginning: MediaTime

        init(_ camera: Camera) throws {
            let items = try camera.record()
            let formats = items.compactMap { if case .format(.sound(let format)) = $0 { format } else { nil } }
            format = try #require(formats.first)
            let all = items.compactMap { if case .frame(let frame) = $0 { frame } else { nil } }
            beginning = try #require(all.first { $0.kind == .picture }).decodeTime
            for frame in all where frame.kind == .sound {
                let first = frames.first?.time ?? frame.decodeTime.rescaled(to: format.sampleRate)
                let passed = Int64(frames.count) * Int64(format.samplesPerFrame)
                frames.append((frame.payload, MediaTime(ticks: first.ticks + passed, timescale: format.sampleRate)))
            }
        }

        func transcoded() throws -> [OpusTranscoder.OpusPacket] {
            var transcoder = try OpusTranscoder(format)
            return try frames.flatMap { try transcoder.transcode($0.payload, at: $0.time) }
        }
    }

    private func camera(sampleRate: Int = 48_000, silence: Int = 0) -> Camera {
        var camera = Camera()
        (camera.seconds, camera.sampleRate, camera.silence) = (3, sampleRate, silence)
        return camera
    }

    private func heard(_ packets: [OpusTranscoder.OpusPacket]) throws -> [Float] {
        var file = OggOpus()
        for packet in packets { file.append(packet.payload) }
        return try Decoder.samples(ofOpus: file.bytes)
    }

    @Test(arguments: [44_100, 48_000])
    func `makes a packet for each 20 ms, and the tone that was sent begins when it did`(sampleRate: Int) throws {
        let take = try Take(camera(sampleRate: sampleRate, silence: 1))
        let packets = try take.transcoded()
        #expect(zip(packets, packets.dropFirst()).allSatisfy { $1.time.ticks - $0.time.ticks == 960 })
        let samples = try heard(packets)
        let onset = try #require(samples.firstIndex { abs($0) > 0.05 })
        let begins = packets[0].time.seconds + Double(onset) / 48_000
        #expect(abs(begins - take.beginning.seconds - 1) < 0.01)
        let tone = samples[(onset + 4_800)..<(onset + 52_800)]
        let waves = zip(tone, tone.dropFirst()).count { $0 < 0 && $1 >= 0 }
        #expect((438...442).contains(waves))
        #expect(tone.map(abs).max().map { (0.2...0.3).contains($0) } == true)
    }

    @Test func `lets packets carry a copy of the one before, and needs 96 kbit/s at most`() throws {
        let packets = try Take(camera()).transcoded().dropFirst(10)
        // The first five bits tell the mode: below 16 it is one that can carry such copies (RFC 6716 §3.1).
        #expect(packets.allSatisfy { $0.payload.readableBytesView.first.map { $0 >> 3 < 16 } == true })
        let bits = packets.reduce(0) { $0 + $1.payload.readableBytes * 8 } * 50 / packets.count
        #expect((16_000...100_000).contains(bits))
    }

    @Test func `has no packets where frames are missing, and times that only rise`() throws {
        var take = try Take(camera())
        take.frames.removeSubrange(50..<80)
        let packets = try take.transcoded()
        let steps = zip(packets, packets.dropFirst()).map { $1.time.ticks - $0.time.ticks }
        #expect(steps.count { $0 != 960 } == 1)
        #expect(steps.max().map { (29 * 1024...32 * 1024).contains($0) } == true)
    }

    @Test func `goes on behind a frame that cannot be decoded`() throws {
        let take = try Take(camera())
        var transcoder = try OpusTranscoder(take.format)
        var packets = 0
        for (place, frame) in take.frames.enumerated() {
            let payload = place % 10 == 9 ? ByteBuffer(repeating: 0xFF, count: 40) : frame.payload
            packets += (try? transcoder.transcode(payload, at: frame.time).count) ?? 0
        }
        #expect(packets > take.frames.count / 2)
    }

    @Test func `refuses what is no configuration of AAC`() {
        let format = SoundFormat(
            codec: .aac, codecs: "mp4a.40.2", sampleRate: 48_000, channels: 2, samplesPerFrame: 1024, configuration: [0xFF])
        #expect(throws: FFmpegError.self) { _ = try OpusTranscoder(format) }
    }
}
