import HLS
import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Testing
import Time

@Suite struct `going back in a running session` {
    private func outputs() throws -> [ChunkerOutput] {
        var camera = Camera()
        camera.seconds = 120
        return try Transcript(camera).chunked().outputs
    }

    private func published(
        _ outputs: [ChunkerOutput]? = nil, rewind: Duration = .seconds(3600), without: Int64? = nil
    ) throws -> LiveOutput {
        var configuration = LiveOutput.Configuration()
        configuration.rewind = rewind
        let output = LiveOutput(firstSegment: 60, configuration: configuration, clock: ManualClock())
        var shelf = Shelf(without: without)
        let outputs = try outputs ?? self.outputs()
        let kept = outputs.map { shelf.keep($0) }
        output.keep(on: shelf)
        for (made, chunks) in zip(outputs, kept) {
            output.publish([made])
            output.note(chunks)
        }
        return output
    }

    private func playlist(_ kind: TrackKind, of output: LiveOutput, delta: Bool = false) async throws -> ReadPlaylist {
        try ReadPlaylist(await output.answer(to: .playlist(kind, BlockingRequest(wait: nil, allowsDelta: delta))))
    }

    @Test(arguments: TrackKind.allCases)
    func `HLS-5 goes back to the beginning, and gives from the recording what was live`(_ kind: TrackKind) async throws {
        let output = try published()
        let playlist = try await playlist(kind, of: output)
        #expect(playlist.mediaSequence == 60 && playlist.segments.count > 50)
        #expect(playlist.segments.first?.map.isEmpty == false)
        var live: [Int64: ByteBuffer] = [:]
        for case .chunk(let chunk) in try outputs() where chunk.kind == kind {
            live[chunk.segment, default: ByteBuffer()].writeImmutableBuffer(chunk.bytes)
        }
        for segment in playlist.segments where segment.uri != nil {
            #expect(await output.answer(to: .file(kind, .segment(segment.number))) == live[segment.number].map(LiveAnswer.file))
        }
    }

    @Test func `HLS-10 whoever knows the playlist is told of its end only`() async throws {
        let output = try published()
        guard
            case .now(.playlist(let delta)) = output.reply(to: .playlist(.picture, BlockingRequest(wait: nil, allowsDelta: true)))
        else { return #expect(Bool(false), "a delta update costs nothing") }
        let request = LiveQuestion.playlist(.picture, BlockingRequest(wait: nil))
        guard case .later = output.reply(to: request), case .playlist(let whole) = await output.answer(to: request)
        else { return #expect(Bool(false), "the whole playlist is rendered when it is wanted") }
        #expect(delta.plain.readableBytes * 2 < whole.plain.readableBytes)
        let read = try ReadPlaylist(.playlist(delta))
        #expect(read.mediaSequence == 60)
        #expect(read.skipped + read.segments.count == (try await playlist(.picture, of: output)).segments.count)
        // What was rendered for one is there for all, until something comes.
        guard case .now = output.reply(to: request) else { return #expect(Bool(false), "it is not rendered again") }
    }

    @Test func `HLS-13 a break is still one when it has left the memory`() async throws {
        var camera = Camera()
        camera.seconds = 20
        var transcript = try Transcript(camera)
        transcript.append(.interrupted)
        camera.seconds = 40
        try transcript.append(camera, at: 20.5)
        let playlist = try await playlist(.picture, of: try published(transcript.chunked().outputs))
        #expect(playlist.mediaSequence == 60)
        #expect(Set(playlist.segments.map(\.discontinuity)) == [60, 61])
    }

    @Test func `goes back no further than what the recording has not kept`() async throws {
        let output = try published(without: 70)
        let playlist = try await playlist(.picture, of: output)
        #expect(playlist.mediaSequence == 71)
        #expect(playlist.segments.map(\.number) == Array(71..<71 + Int64(playlist.segments.count)))
    }

    @Test func `HLS-4 HLS-5 goes back as far as is wanted, and gives what has left for as long again`() async throws {
        let output = try published(rewind: .seconds(60))
        let first = try await playlist(.picture, of: output).mediaSequence
        #expect(output.length > .seconds(54) && output.length < .seconds(70))
        #expect(first > 80)
        guard case .file = await output.answer(to: .file(.picture, .segment(first - 1))) else {
            return #expect(Bool(false), "the segment that left last is gone")
        }
    }

    @Test func `an ended session is the whole playlist with its end`() async throws {
        let output = try published()
        output.end()
        let playlist = try await playlist(.sound, of: output)
        #expect(playlist.mediaSequence == 60 && playlist.isEnded && playlist.segments.allSatisfy { $0.parts.isEmpty })
    }
}
