import NIOCore
import RTMP
import Testing

@Suite struct ServerConnectionTests {
    @Test func `a desk of the FMLE family comes, publishes and goes`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(Client.connect)
        let greeting = try client.messages()
        #expect(greeting.map(\.kind) == [.windowSize, .peerBandwidth, .command])
        let welcome = try Command(try #require(greeting.last).payload)
        #expect(welcome.name == "_result" && welcome.transaction == 1)
        #expect(welcome.argument(1)?.object?["code"] == "NetConnection.Connect.Success")
        #expect(welcome.argument(1)?.object?["videoFourCcInfoMap"] == nil)

        _ = client.send(Command("releaseStream", transaction: 2, .null, "key"))
        #expect(try client.commands().map(\.name) == ["_result"])
        _ = client.send(Command("FCPublish", transaction: 3, .null, "key"))
        #expect(try client.commands().map(\.name) == ["_result", "onFCPublish"])
        _ = client.send(Command("createStream", transaction: 4, .null))
        let created = try client.commands()
        #expect(created.map(\.transaction) == [4] && created.first?.argument(1) == .number(1))

        let intent = PublishIntent(application: "live", key: StreamKey("key"))
        #expect(client.send(Client.publish("key")) == [.askToPublish(intent)])
        _ = client.accept()
        let accepted = try client.messages()
        #expect(accepted.map(\.kind) == [.userControl, .command])
        #expect(try Command(try #require(accepted.last).payload).argument(1)?.object?["code"] == "NetStream.Publish.Start")

        let gone = client.send(Command("FCUnpublish", transaction: 6, .null, "key"))
        #expect(gone.last == .unpublished)
        #expect(!client.send(Command("deleteStream", transaction: 7, .null, 1)).contains(.unpublished))
        #expect(client.server.end(.peerLeft) == [.close(.peerLeft)])
    }

    @Test func `media of a publication is handed out with its time`() {
        var client = Client()
        client.publish()
        let actions = client.send(
            Message(.audio, timestamp: 3, stream: 1, payload: ByteBuffer(bytes: [0xAF, 1, 5])),
            Message(.video, timestamp: 7, stream: 1, payload: ByteBuffer(bytes: [0x17, 1, 0, 0, 0, 6])))
        let picture = VideoTag.Picture(isKey: true, presentationOffset: 0, payload: ByteBuffer(bytes: [6]))
        #expect(actions == [.audio(.sound(ByteBuffer(bytes: [5])), timestamp: 3), .video(.picture(picture), timestamp: 7)])
    }

    @Test func `what is sent before the answer waits for it, however it is cut`() throws {
        var writer = Client()
        let frame = ByteBuffer(bytes: [0xAF, 1, 5])
        let commands = [Client.connect, Client.publish("key")].map { Message(.command, payload: $0.payload) }
        let early = (commands + [Message(.audio, timestamp: 9, stream: 1, payload: frame)]).map { writer.encode($0) }
        for pieces in cuttings(of: ByteBuffer(joining: [Client.handshake] + early)) {
            var client = Client()
            let actions = pieces.flatMap { client.send($0) }
            #expect(actions.last == .askToPublish(PublishIntent(application: "live", key: StreamKey("key"))))
            let accepted = client.accept()
            #expect(accepted.last == .audio(.sound(ByteBuffer(bytes: [5])), timestamp: 9))
        }
    }

    @Test func `the key is what stands before its query, and prints as redacted`() {
        var client = Client()
        let actions = client.arrive(application: "/live/?vhost=a", key: "secret?token=b")
        let intent = PublishIntent(application: "live", key: StreamKey("secret"))
        #expect(actions == [.askToPublish(intent)])
        var printed = "\(actions) \(intent)"
        dump(intent, to: &printed)
        dump(Client.publish("secret"), to: &printed)
        #expect(!printed.contains("secret") && printed.contains("‹redacted›"))
    }

    @Test(arguments: [
        (Message.Kind.video, [0x90, 0x68, 0x76, 0x63, 0x31] as [UInt8], "HEVC (hvc1)"),
        (.video, [0x90, 0x61, 0x76, 0x30, 0x31], "AV1 (av01)"), (.audio, [0x90, 0x4F, 0x70, 0x75, 0x73], "Opus"),
        (.audio, [0x2F, 0], "MP3"),
    ])
    func `another codec is refused by its name`(_ kind: Message.Kind, bytes: [UInt8], name: String) throws {
        var client = Client()
        client.publish()
        let actions = client.send(Message(kind, stream: 1, payload: ByteBuffer(bytes: bytes)))
        let status = try #require(try client.status())
        #expect(status["level"] == "error" && status["code"] == "NetStream.Publish.Rejected")
        #expect(status["description"]?.string?.contains(name) == true)
        guard case .close(.refused) = actions.last else { throw RTMPError(.unexpected, "not closed") }
        #expect(client.send(Message(kind, payload: ByteBuffer(bytes: bytes))).isEmpty)
    }

    @Test func `a player is refused`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(Client.connect)
        _ = client.send(Command("play", transaction: 0, .null, "key"))
        #expect(try client.status()?["code"] == "NetStream.Play.Failed")
    }

    @Test func `no key, and one too long, are refused`() throws {
        for key in ["", "?only=query", String(repeating: "k", count: 257)] {
            var client = Client()
            let actions = client.arrive(key: key)
            guard case .close(.refused) = actions.last else { throw RTMPError(.unexpected, "not closed") }
        }
    }

    @Test func `a refusal reaches the desk as an error with its message`() throws {
        var client = Client()
        _ = client.arrive()
        let actions = client.refuse(Refusal(.badName, "No such key."))
        #expect(try client.status()?["description"] == "No such key.")
        #expect(actions.last == .close(.refused("No such key.")))
        #expect(client.accept().isEmpty)
    }

    @Test func `metadata names the encoder, without what would break a log`() {
        var client = Client()
        client.publish()
        var payload = ByteBuffer()
        AMFValue.string("@setDataFrame").encode(to: &payload)
        AMFValue.string("onMetaData").encode(to: &payload)
        AMFValue.ecmaArray(["width": 1280, "encoder": "Lavf59\r\n\u{1B}[31m"]).encode(to: &payload)
        #expect(client.send(Message(.data, payload: payload)) == [.metadata(StreamMetadata(encoder: "Lavf59[31m"))])
    }

    @Test func `an aggregate is taken apart`() {
        var client = Client()
        client.publish()
        var payload = ByteBuffer()
        for (time, byte) in [(100, 5), (123, 6)] as [(UInt8, UInt8)] {
            payload.writeBytes([8, 0, 0, 3, 0, 0, time, 0, 0, 0, 0, 0xAF, 1, byte, 0, 0, 0, 14])
        }
        let actions = client.send(Message(.aggregate, timestamp: 1000, stream: 1, payload: payload))
        let sounds = [5, 6].map { AudioTag.sound(ByteBuffer(bytes: [$0])) }
        #expect(actions == [.audio(sounds[0], timestamp: 1000), .audio(sounds[1], timestamp: 1023)])
    }

    @Test func `a ping is answered, and bytes are acknowledged`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(try #require(UserControl.pingRequest(77).message))
        #expect(try client.messages().map { try UserControl($0.payload) } == [.pingResponse(77)])
        _ = client.send(.control(.windowSize, 1000))
        _ = client.send(Message(.data, payload: ByteBuffer(repeating: 0, count: 2000)))
        #expect(try client.messages().map(\.kind) == [.acknowledgement])
    }
}

@Suite struct ServerConnectionBoundTests {
    @Test func `who is slow to publish is closed`() {
        var client = Client()
        _ = client.send(Client.handshake)
        #expect(client.server.deadline == Client.start + .seconds(15))
        client.now = Client.start + .seconds(14)
        _ = client.send(Client.connect)
        #expect(client.server.timePassed(client.now).isEmpty)
        #expect(client.server.timePassed(Client.start + .seconds(15)) == [.close(.tooSlow)])
        #expect(client.server.deadline == nil)
    }

    @Test func `who falls silent is closed`() {
        var client = Client()
        client.publish()
        client.now = Client.start + .seconds(100)
        _ = client.send(Message(.audio, payload: ByteBuffer(bytes: [0xAF, 1, 1])))
        #expect(client.server.deadline == Client.start + .seconds(120))
        #expect(client.server.timePassed(Client.start + .seconds(119)).isEmpty)
        #expect(client.server.timePassed(Client.start + .seconds(120)) == [.close(.silent)])
    }

    @Test func `a flood of commands ends the connection, a slow stream of them does not`() {
        var client = Client()
        client.publish()
        for second in 0..<200 {
            client.now = Client.start + .seconds(Int64(second))
            #expect(!client.send(Command("_checkbw", transaction: 9, .null)).isEmpty)
        }
        let flood = (0..<100).flatMap { _ in client.send(Command("_checkbw", transaction: 9, .null)) }
        guard case .close(.violation(let error)) = flood.last else { return #expect(Bool(false), "not closed") }
        #expect(error.code == .excessive)
    }

    @Test func `a flood of empty messages ends the connection`() {
        var client = Client()
        client.publish()
        var bytes = client.encode(Message(.audio, payload: ByteBuffer()))
        bytes.writeRepeatingByte(0xC4, count: 10_000)
        guard case .close(.violation(let error)) = client.send(bytes).last else { return #expect(Bool(false), "not closed") }
        #expect(error.code == .excessive)
    }

    @Test func `who sends too much before the answer is closed`() {
        var client = Client()
        _ = client.arrive()
        let actions = (0..<17).flatMap { _ in client.send(ByteBuffer(repeating: 0, count: 64 << 10)) }
        guard case .close(.violation(let error)) = actions.last else { return #expect(Bool(false), "not closed") }
        #expect(error.code == .excessive)
    }

    @Test func `a stranger may hold little, a desk that is admitted a picture`() {
        var stranger = Client()
        _ = stranger.send(Client.handshake)
        let picture = Message(.video, payload: ByteBuffer(bytes: [0x17, 1, 0, 0, 0] + [UInt8](repeating: 6, count: 100_000)))
        guard case .close(.violation(let error)) = stranger.send(picture).last else { return #expect(Bool(false), "not closed") }
        #expect(error.code == .excessive)
        var desk = Client()
        desk.publish()
        #expect(desk.send(picture).count == 1)
    }

    @Test func `commands out of their order are violations`() {
        for commands in [[Client.publish("key")], [Client.connect, Client.connect]] {
            var client = Client()
            _ = client.send(Client.handshake)
            let last = commands.flatMap { client.send($0) }.last
            guard case .close(.violation(let error)) = last else { return #expect(Bool(false), "not closed") }
            #expect(error.code == .unexpected)
        }
    }
}
