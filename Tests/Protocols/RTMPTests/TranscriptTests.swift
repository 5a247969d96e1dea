import NIOCore
import RTMP
import Testing

/// What real desks sent behind their handshakes, recorded byte by byte.
///
/// - `ffmpeg-5.1`: ffmpeg 5.1.9, a picture of 64 by 48 with B-frames and a tone, six frames long.
/// - `gstreamer-1.22`: rtmp2sink of GStreamer 1.22.0 behind flvmux, x264enc and voaacenc.
/// - `obs-29.0`: OBS Studio 29.0.2 without a screen (librtmp, x264, ffmpeg's AAC), cut off after its third picture.
/// - `fmle`: written by hand after what encoders of the Flash Media Live Encoder family document.
@Suite struct `a recorded desk` {
    private struct Reading {
        var intent: PublishIntent?
        var encoder: String?
        var configurations = 0
        var pictures: [(isKey: Bool, time: UInt32)] = []
        var sounds: [UInt32] = []
        var last: ConnectionAction?

        init(_ name: String) throws {
            for action in try Corpus.replay([Corpus.input("Connection", name)]) { take(action) }
        }

        private mutating func take(_ action: ConnectionAction) {
            last = action
            switch action {
            case .askToPublish(let intent): self.intent = intent
            case .metadata(let metadata): encoder = metadata.encoder
            case .video(.configuration, _), .audio(.configuration, _): configurations += 1
            case .video(.picture(let picture), let time): pictures.append((picture.isKey, time))
            case .audio(.sound, let time): sounds.append(time)
            default: break
            }
        }
    }

    private static let longKey = "hc_stream_testkey-testkey-testkey-testkey-testkey-tes"

    @Test func `from ffmpeg is understood from its first command to its last`() throws {
        let reading = try Reading("ffmpeg-5.1")
        #expect(reading.intent == PublishIntent(application: "live", key: StreamKey("testkey")))
        #expect(reading.encoder == "Lavf59.27.100" && reading.configurations == 2)
        #expect(reading.pictures.map(\.isKey) == [true, false, false, false, false, true])
        #expect(reading.pictures.map(\.time) == reading.pictures.map(\.time).sorted())
        #expect(reading.last == .unpublished)
    }

    @Test func `from GStreamer's rtmp2sink is understood from its first command to its last`() throws {
        let reading = try Reading("gstreamer-1.22")
        #expect(reading.intent == PublishIntent(application: "live", key: StreamKey(Self.longKey)))
        #expect(reading.encoder == "GStreamer 1.22.0 FLV muxer" && reading.configurations == 2)
        #expect(reading.pictures.map(\.isKey) == [true, false, false, false, true, false, false, false])
        #expect(reading.sounds.count == 12 && reading.sounds == reading.sounds.sorted())
        #expect(reading.last == .unpublished)
    }

    @Test func `from OBS is understood, though it sets its chunk size before it connects`() throws {
        let reading = try Reading("obs-29.0")
        #expect(reading.intent == PublishIntent(application: "live", key: StreamKey(Self.longKey)))
        #expect(reading.encoder == "obs-output module (libobs version 29.0.2.1-1+b1)" && reading.configurations == 2)
        #expect(reading.pictures.map(\.isKey) == [true, false, false])
        #expect(reading.sounds.count == 11 && reading.sounds == reading.sounds.sorted())
    }

    /// In the order of its commands: releaseStream, FCPublish, createStream, publish; FCUnpublish, deleteStream.
    @Test func `of the FMLE family is answered at each step`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(Client.connect)
        _ = try client.messages()
        let steps = [
            ("releaseStream", ["_result"]), ("FCPublish", ["_result", "onFCPublish"]), ("createStream", ["_result"]),
        ]
        for (number, (name, answers)) in steps.enumerated() {
            _ = client.send(Command(name, transaction: Double(number + 2), .null, "key"))
            #expect(try client.commands().map(\.name) == answers)
        }
        _ = client.send(Client.publish("key"))
        _ = client.accept()
        #expect(try client.commands().map(\.name) == ["onStatus"])
        #expect(client.send(Command("FCUnpublish", transaction: 6, .null, "key")).last == .unpublished)
        #expect(try client.commands().map(\.name) == ["_result", "onStatus"])
        _ = client.send(Command("deleteStream", transaction: 7, .null, 1))
        #expect(try client.commands().map(\.name) == ["_result"])
    }
}
