import NIOCore
import RTMP
import Testing

@Suite struct ChunkStreamTests {
    private func decode(_ pieces: [ByteBuffer], limits: ChunkLimits = ChunkLimits()) throws -> [Message] {
        var decoder = ChunkDecoder(limits: limits)
        var messages: [Message] = []
        for piece in pieces {
            decoder.append(piece)
            while let message = try decoder.next() { messages.append(message) }
        }
        return messages
    }

    private func message(_ kind: Message.Kind, at time: UInt32, _ length: Int, stream: UInt32 = 1) -> Message {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ Int(time % 251)) }
        return Message(kind, timestamp: time, stream: stream, payload: ByteBuffer(bytes: bytes))
    }

    @Test func `what the encoder writes is read again, however its bytes are cut`() throws {
        let messages = [
            message(.video, at: 0, 300), message(.video, at: 40, 300), message(.video, at: 80, 300),
            message(.video, at: 120, 20), message(.audio, at: 140, 20), message(.audio, at: 100, 5),
            message(.video, at: 0xFF_FFFE, 1), message(.video, at: 0x0200_0000, 400), message(.video, at: 0x0400_0000, 400),
            message(.data, at: 0x0400_0001, 0), message(.data, at: 0x0400_0001, 129, stream: 7),
        ]
        for chunkStream: UInt32 in [3, 63, 64, 319, 320, 65_599] {
            var encoder = ChunkEncoder()
            let bytes = ByteBuffer(joining: messages.map { encoder.encode($0, on: chunkStream) })
            for pieces in cuttings(of: bytes) { #expect(try decode(pieces) == messages) }
        }
    }

    @Test func `the encoder takes the shortest header that its predecessor allows`() {
        var encoder = ChunkEncoder()
        let lengths = [0, 40, 80, 120, 160].map { encoder.encode(message(.audio, at: $0, 10), on: 4).readableBytes - 10 }
        #expect(lengths == [12, 4, 1, 1, 1])
    }

    @Test func `interleaved messages of two chunk streams are told apart`() throws {
        var first = ChunkEncoder()
        var second = ChunkEncoder()
        let (video, audio) = (message(.video, at: 1, 256), message(.audio, at: 2, 200))
        var videoBytes = first.encode(video, on: 6)
        var audioBytes = second.encode(audio, on: 4)
        var woven = ByteBuffer()
        for length in [12 + 128, 12 + 128, 1 + 128, 1 + 72] {
            let isVideo = woven.readableBytes == 0 || length == 129
            let piece = isVideo ? videoBytes.readSlice(length: length) : audioBytes.readSlice(length: length)
            woven.writeImmutableBuffer(piece ?? ByteBuffer())
        }
        #expect(try decode([woven]) == [video, audio])
    }

    @Test func `a larger chunk size holds from the next chunk on`() throws {
        var encoder = ChunkEncoder()
        let sizing = encoder.encode(.control(.setChunkSize, 70_000), on: 2)
        let video = message(.video, at: 0, 70_000)
        let bytes = encoder.encode(video, on: 6)
        #expect(bytes.readableBytes == 70_012)
        for pieces in [[sizing, bytes], cuttings(of: ByteBuffer(joining: [sizing, bytes]))[3]] {
            #expect(try decode(pieces) == [video])
        }
    }

    @Test func `an aborted message is dropped and the next one read`() throws {
        var encoder = ChunkEncoder()
        let bytes = encoder.encode(message(.video, at: 0, 200), on: 6).getSlice(at: 0, length: 140)
        let abort = encoder.encode(.control(.abort, 6), on: 2)
        var fresh = ChunkEncoder()
        let next = message(.video, at: 9, 50)
        #expect(try decode([try #require(bytes), abort, fresh.encode(next, on: 6)]) == [next])
    }

    @Test func `a chunk stream may begin without a message stream, as librtmp answers pings`() throws {
        let pong: [UInt8] = [0x42, 0, 0, 0, 0, 0, 6, 4, 0, 7, 0, 0, 0, 9]
        let messages = try decode([ByteBuffer(bytes: pong)])
        #expect(messages.map(\.kind) == [.userControl])
        #expect(try UserControl(try #require(messages.first).payload) == .pingResponse(9))
    }

    @Test func `a message in the form of no header adds the delta of the one before`() throws {
        let full: [UInt8] = [0x04, 0, 0, 40, 0, 0, 1, 8, 1, 0, 0, 0, 0xAA]
        let bytes = ByteBuffer(bytes: full + [0xC4, 0xBB] + [0x84, 0, 0, 23, 0xCC] + [0xC4, 0xDD])
        #expect(try decode([bytes]).map(\.timestamp) == [40, 80, 103, 126])
    }

    @Test(arguments: [
        ("a header that leans on nothing", [0x84, 0, 0, 1] as [UInt8], RTMPError.Code.malformed),
        ("a continuation of nothing", [0xC4], .malformed),
        ("a chunk size of zero", [0x02, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0], .malformed),
        ("a chunk size of 32 bits", [0x02, 0, 0, 0, 0, 0, 4, 1, 0, 0, 0, 0, 0x80, 0, 0, 0], .malformed),
        ("a chunk size of two bytes", [0x02, 0, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0, 1, 0], .malformed),
        ("an abort of nothing", [0x02, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0], .malformed),
        ("a message of 16 MiB", [0x04, 0, 0, 0, 0xFF, 0xFF, 0xFF, 9, 1, 0, 0, 0], .excessive),
    ])
    func `hostile headers end the connection`(_ name: String, bytes: [UInt8], code: RTMPError.Code) {
        #expect { try decode([ByteBuffer(bytes: bytes)]) } throws: { ($0 as? RTMPError)?.code == code }
    }

    @Test func `a message that begins within another on its chunk stream ends the connection`() {
        var encoder = ChunkEncoder()
        let begun = encoder.encode(message(.video, at: 0, 200), on: 6).getSlice(at: 0, length: 140)
        var fresh = ChunkEncoder()
        let other = fresh.encode(message(.video, at: 0, 10), on: 6)
        #expect { try decode([begun ?? ByteBuffer(), other]) } throws: { ($0 as? RTMPError)?.code == .malformed }
    }

    @Test func `too many chunk streams end the connection`() {
        var limits = ChunkLimits()
        limits.chunkStreams = 3
        var encoder = ChunkEncoder()
        let pieces = (3...6).map { encoder.encode(message(.data, at: 0, 1), on: $0) }
        #expect(throws: Never.self) { try decode(Array(pieces.prefix(3)), limits: limits) }
        #expect { try decode(pieces, limits: limits) } throws: { ($0 as? RTMPError)?.code == .excessive }
    }

    @Test func `unfinished messages are bounded together`() {
        var limits = ChunkLimits()
        limits.pendingBytes = 300
        var encoder = ChunkEncoder()
        let pieces = (3...5).compactMap { encoder.encode(message(.data, at: 0, 200), on: $0).getSlice(at: 0, length: 140) }
        #expect(throws: Never.self) { try decode(Array(pieces.prefix(2)), limits: limits) }
        #expect { try decode(pieces, limits: limits) } throws: { ($0 as? RTMPError)?.code == .excessive }
    }
}
