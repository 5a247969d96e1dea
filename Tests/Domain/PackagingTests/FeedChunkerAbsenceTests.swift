import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

/// What players would wait for without an end is stood in for, or ended.
@Suite struct `a feed in which something is missing` {
    private func camera(seconds: Int) -> Camera {
        var camera = Camera()
        camera.seconds = seconds
        return camera
    }

    /// Leaves out the frames of `kind` from one second on up to another.
    private func transcript(_ camera: Camera, without kind: TrackKind, from: Double, to: Double) throws -> Transcript {
        try Transcript(camera).filter { event in
            guard case .frame(let frame) = event, frame.kind == kind else { return true }
            return !(from..<to).contains(frame.receivedAt.since(Transcript.beginning).inSeconds)
        }
    }

    private func holes(_ chunks: [Chunk]) -> [Double] {
        zip(chunks, chunks.dropFirst()).map { ($1.decodeTime - ($0.decodeTime + $0.duration)).seconds }.filter { $0 > 0 }
    }

    @Test func `has silence where sound stays away, and the sound again when it returns`() throws {
        let chunks = try transcript(camera(seconds: 14), without: .sound, from: 4, to: 9).chunked()
        #expect(holes(chunks[.sound]).allSatisfy { $0 < 0.1 }, "no player has to wait")
        #expect(abs(chunks[.sound].seconds - chunks[.picture].seconds) < 0.7)
        #expect((chunks[.picture] + chunks[.sound]).filter(\.isDiscontinuous).isEmpty)
        #expect(chunks.segments(.sound).map(\.number) == chunks.segments(.picture).map(\.number))
        #expect(try Decoder.complaints(about: chunks.file(.sound, stretch: 0)) == "")
    }

    @Test func `has silence to its end where sound never returns`() throws {
        let chunks = try transcript(camera(seconds: 12), without: .sound, from: 4, to: .infinity).chunked()
        #expect(abs(chunks[.sound].seconds - chunks[.picture].seconds) < 0.7)
        #expect(try Decoder.complaints(about: chunks.file(.sound, stretch: 0)) == "")
    }

    @Test func `has silence too where a desk returns without sound`() throws {
        var transcript = try Transcript(camera(seconds: 6))
        transcript.append(.interrupted)
        var mute = camera(seconds: 8)
        mute.hasSound = false
        try transcript.append(mute, at: 10)
        let chunks = transcript.chunked()
        #expect(chunks[.sound].last?.segment == chunks[.picture].last?.segment)
        #expect(chunks[.sound].filter { $0.decodeTime.seconds > 82 }.seconds > 5)
        #expect(try Decoder.complaints(about: chunks.file(.sound, stretch: 0)) == "")
    }

    @Test func `has no silence where there never was sound`() throws {
        let chunks = try transcript(camera(seconds: 8), without: .sound, from: 0, to: .infinity).chunked()
        #expect(chunks[.sound].isEmpty && !chunks[.picture].isEmpty)
    }

    @Test(arguments: [1.5, 2.5, 3.5]) func `HLS-1 has no segment longer than the target duration`(pause: Double) throws {
        let chunks = try transcript(camera(seconds: 14), without: .picture, from: 5.8, to: 5.8 + pause).chunked()
        for kind in TrackKind.allCases {
            #expect(chunks.segments(kind).allSatisfy { $0.chunks.seconds <= 4.5 })
        }
        #expect(chunks[.picture].last?.segment == chunks[.sound].last?.segment)
        #expect(try Decoder.complaints(about: chunks.file(.picture, stretch: 0)) == "")
    }
}
