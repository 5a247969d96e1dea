import Foundation
import NIOCore
import NIOEmbedded
import NIOHTTP1
import PlainHTTP
import Testing

/// What is plain must mean the same to the parser of the router, which may get the same bytes: else a client could hide one request
/// in another.
@Suite struct GeneralParserTests {
    /// Repeatable chance (SplitMix64).
    private struct Chance: RandomNumberGenerator {
        var state: UInt64 = 20_210_616

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private let seeds = [
        "GET /media/x/1/picture/index.m3u8?_HLS_msn=3&_HLS_part=1 HTTP/1.1\r\nHost: h\r\nCookie: a=b\r\nRange: bytes=0-\r\n\r\n",
        "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\n",
        "HEAD / HTTP/1.1\r\nAccept-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
    ]

    private let pieces: [[UInt8]] = [
        "\r\n", "\n", "\r", ":", " ", "\t", "\0", "\u{7f}", "é", ",", "0", "+1", "Content-Length: 3\r\n",
        "transfer-encoding:chunked\r\n", "Connection: close\r\n", "\r\n ", "HTTP/1.0", "GET / HTTP/1.1\r\n",
    ].map { Array($0.utf8) }

    @Test func `what is plain is the same one request to the general parser`() throws {
        var chance = Chance()
        var plain = 0
        for _ in 0..<20_000 {
            let bytes = ByteBuffer(bytes: changed(Array(seeds.randomElement(using: &chance)?.utf8 ?? "".utf8), &chance))
            guard case .plain(let request, let length) = PlainRequest.read(bytes) else { continue }
            plain += 1
            let head = try #require(bytes.getSlice(at: bytes.readerIndex, length: length))
            try compare(request, head)
        }
        #expect(plain > 1000)
    }

    private func changed(_ bytes: [UInt8], _ chance: inout Chance) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 0...2, using: &chance) {
            let place = Int.random(in: 0..<bytes.count, using: &chance)
            let piece = pieces.randomElement(using: &chance) ?? []
            bytes.replaceSubrange(place..<min(bytes.count, place + Int.random(in: 0...2, using: &chance)), with: piece)
        }
        return bytes
    }

    private func compare(_ request: PlainRequest, _ bytes: ByteBuffer) throws {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPRequestDecoder()))
        // What it refuses it takes for no request at all.
        guard (try? channel.writeInbound(bytes)) != nil else { return }
        guard case .head(let head)? = try channel.readInbound(as: HTTPServerRequestPart.self) else {
            return #expect(Bool(false), "no head of \(String(buffer: bytes))")
        }
        #expect(head.uri == request.target && head.isKeepAlive)
        #expect(head.headers.first(name: "cookie")?.trimmingCharacters(in: .whitespaces) == request[.cookie])
        let end = try channel.readInbound(as: HTTPServerRequestPart.self)
        #expect((end == .end(nil)) == (request.contentLength == 0), "\(String(buffer: bytes))")
        _ = try? channel.finish()
    }
}
