import FFmpeg
import Media
import MediaFixtures
import NIOCore
import Testing

@Suite struct `a fragment muxer` {
    @Test func `has its initialisation section before the first frame`() throws {
        let muxer = try FragmentMuxer(format: .sound(sound))
        #expect(muxer.initialisation.boxTypes == ["ftyp", "moov"])
    }

    @Test func `writes the same initialisation section for the same format`() throws {
        let one = try FragmentMuxer(format: .sound(sound)).initialisation
        #expect(try FragmentMuxer(format: .sound(sound)).initialisation == one)
    }

    @Test func `gives one moof and one mdat for each flush, at the time of its first frame`() throws {
        var muxer = try FragmentMuxer(format: .sound(sound))
        for index in Int64(0)..<4 { try muxer.write(frame: index) }
        let first = try #require(Fragment(try muxer.flush()))
        for index in Int64(4)..<9 { try muxer.write(frame: index) }
        let second = try #require(Fragment(try muxer.flush()))

        #expect(first.boxes == ["moof", "mdat"] && second.boxes == ["moof", "mdat"])
        #expect(first.decodeTime == 480_000 && first.samples.count == 4)
        #expect(second.decodeTime == first.decodeTime + first.duration && second.samples.count == 5)
    }

    @Test func `keeps to the clock where media is missing between two fragments`() throws {
        var muxer = try FragmentMuxer(format: .sound(sound))
        try muxer.write(frame: 0)
        _ = try muxer.flush()
        try muxer.write(frame: 100)
        #expect(Fragment(try muxer.flush())?.decodeTime == 480_000 + 102_400)
        try muxer.write(frame: 200)
        #expect(Fragment(try muxer.flush())?.decodeTime == 480_000 + 204_800)
    }

    @Test func `has nothing to flush where no frame was written`() throws {
        var muxer = try FragmentMuxer(format: .sound(sound))
        #expect(try muxer.flush().readableBytes == 0)
        try muxer.write(frame: 0)
        _ = try muxer.flush()
        #expect(try muxer.flush().readableBytes == 0)
    }

    @Test func `refuses a frame that does not come after the one before, and goes on`() throws {
        var muxer = try FragmentMuxer(format: .sound(sound))
        try muxer.write(frame: 1)
        #expect(throws: FFmpegError.self) { try muxer.write(frame: 0) }
        try muxer.write(frame: 2)
        #expect(Fragment(try muxer.flush())?.samples.count == 2)
    }

    @Test func `refuses a track that no player could set up`() {
        let flat = PictureFormat(codec: .h264, codecs: "avc1.42c01e", width: 0, height: 0, configuration: [], reorders: false)
        #expect(throws: FFmpegError.self) { _ = try FragmentMuxer(format: .picture(flat)) }
    }

    private let sound = SoundFormat(
        codec: .aac, codecs: "mp4a.40.2", sampleRate: 48_000, channels: 2, samplesPerFrame: 1024, configuration: [0x11, 0x90])
}

extension FragmentMuxer {
    /// A frame of 1024 samples, the first at ten seconds.
    fileprivate mutating func write(frame index: Int64) throws {
        let time = 480_000 + index * 1024
        try write(ByteBuffer(repeating: 0x21, count: 100), decodeTime: time, presentationTime: time, duration: 1024, isKey: true)
    }
}
