import NIOCore
import RTMP
import Testing

@Suite struct `a connection in Enhanced RTMP` {
    /// The answer to a connect with `properties` beside the application.
    private func answer(to properties: AMFObject) throws -> AMFObject {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(Command("connect", transaction: 1, .object(Self.connecting(properties))))
        return try #require(client.commands().last?.argument(1)?.object)
    }

    private static func connecting(_ properties: AMFObject) -> AMFObject {
        AMFObject(members: (["app": "live"] as AMFObject).members + properties.members)
    }

    @Test(
        arguments: [
            ["fourCcList": .array(["av01", "hvc1", "avc1"])], ["fourCcList": .array(["*"])],
            ["videoFourCcInfoMap": .object(["*": 7, "hvc1": 2])], ["audioFourCcInfoMap": .ecmaArray(["Opus": 2])], ["capsEx": 15],
            ["capsEx": "of another type"],
        ] as [AMFObject])
    func `RTMP-2: whoever speaks it is told what is taken`(properties: AMFObject) throws {
        let info = try answer(to: properties)
        #expect(info["code"] == "NetConnection.Connect.Success")
        #expect(info["videoFourCcInfoMap"] == .object(["avc1": 4]) && info["audioFourCcInfoMap"] == .object(["mp4a": 4]))
        #expect(info["capsEx"] == 13, "reconnection, modifiers and nanoseconds, but one track of each kind")
    }

    @Test func `RTMP-2: whoever does not speak it is not bothered`() throws {
        let info = try answer(to: ["flashVer": "FMLE/3.0"])
        #expect(info["videoFourCcInfoMap"] == nil && info["audioFourCcInfoMap"] == nil && info["capsEx"] == nil)
    }

    @Test(arguments: [Double.nan, .infinity, -1, 1e300, 0.5]) func `a number that is no set of flags is none`(number: Double)
        throws
    {
        var client = publishing(capsEx: .number(number))
        _ = client.server.serverStops(at: client.now)
        #expect(client.server.deadline == nil, "it did not say that it can come anew")
    }

    @Test func `RTMP-3: pictures and sound come through as from plain RTMP`() {
        var client = publishing(capsEx: 0)
        let picture = ByteBuffer(bytes: [0x93] + Array("avc1".utf8) + [9])
        let sound = ByteBuffer(bytes: [0x91] + Array("mp4a".utf8) + [8])
        let other = ByteBuffer(bytes: [0x96, 0x03] + Array("hvc1".utf8) + [1, 7])
        let actions = client.send(
            Message(.video, timestamp: 40, stream: 1, payload: picture),
            Message(.audio, timestamp: 41, stream: 1, payload: sound),
            Message(.video, timestamp: 42, stream: 1, payload: other))
        let shown = VideoTag.Picture(isKey: true, presentationOffset: 0, payload: ByteBuffer(bytes: [9]))
        #expect(actions == [.video(.picture(shown), timestamp: 40), .audio(.sound(ByteBuffer(bytes: [8])), timestamp: 41)])
    }

    // MARK: The server stops

    private func publishing(capsEx: AMFValue) -> Client {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(Command("connect", transaction: 1, .object(Self.connecting(["capsEx": capsEx]))))
        _ = client.send(Client.publish("key"))
        _ = client.accept()
        _ = try? client.messages()
        return client
    }

    @Test func `RTMP-5: a desk that can come anew is asked to, and heard until it leaves`() throws {
        var client = publishing(capsEx: 1)
        let asked = client.hear(client.server.serverStops(at: client.now))
        #expect(asked.count == 1 && client.server.deadline != nil)
        let message = try #require(try client.messages().last)
        let request = try Command(message.payload)
        #expect(message.stream == 0 && request.name == "onStatus" && request.transaction == 0)
        #expect(request.argument(0) == .null && request.argument(1)?.object?["level"] == "status")
        #expect(request.argument(1)?.object?["code"] == "NetConnection.Connect.ReconnectRequest")
        #expect(client.send(Message(.audio, timestamp: 3, stream: 1, payload: ByteBuffer(bytes: [0xAF, 1, 5]))).count == 1)
        let gone = client.send(Command("deleteStream", transaction: 0, .null, 1))
        #expect(gone.suffix(2) == [.unpublished, .close(.stopped)])
    }

    @Test func `RTMP-5: a desk that was asked and stays is told, and closed`() throws {
        var client = publishing(capsEx: 15)
        _ = client.hear(client.server.serverStops(at: client.now))
        #expect(client.server.deadline == client.now + .seconds(3))
        #expect(client.server.timePassed(client.now + .seconds(2)).isEmpty)
        _ = client.hear(client.server.timePassed(client.now + .seconds(3)))
        #expect(client.server.deadline == nil)
        #expect(try client.status()?["code"] == "NetStream.Failed")
    }

    @Test(arguments: [0, 14]) func `RTMP-5: a desk that cannot is not asked`(capsEx: Int) throws {
        var client = publishing(capsEx: .number(Double(capsEx)))
        let actions = client.hear(client.server.serverStops(at: client.now))
        #expect(try client.status()?["code"] == "NetStream.Failed")
        guard case .close(.refused) = actions.last else { return #expect(Bool(false), "not closed") }
    }

    @Test func `who is not a desk yet when the server stops is closed`() {
        var client = Client()
        #expect(client.server.serverStops(at: client.now) == [.close(.stopped)])
        #expect(client.server.serverStops(at: client.now).isEmpty)
    }
}

/// RTMP-6: message types 17 and 15 carry a selector byte, and AMF0 behind it in which single values may be of AMF3.
@Suite struct `RTMP-6: commands and data of AMF3` {
    private func message(_ kind: Message.Kind, _ payload: ByteBuffer, selector: UInt8 = 0) -> Message {
        var bytes = ByteBuffer(bytes: [selector])
        bytes.writeImmutableBuffer(payload)
        return Message(kind, payload: bytes)
    }

    @Test func `a desk connects and publishes with them`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        _ = client.send(message(.commandAMF3, Client.connect.payload))
        _ = client.send(message(.commandAMF3, Command("createStream", transaction: 4, .null).payload))
        #expect(try client.commands().map(\.name) == ["_result", "_result"])
        let asked = client.send(message(.commandAMF3, Client.publish("key").payload))
        #expect(asked == [.askToPublish(PublishIntent(application: "live", key: StreamKey("key")))])
    }

    @Test func `a value of AMF3 stands among those of AMF0`() throws {
        var client = Client()
        _ = client.send(Client.handshake)
        var payload = ByteBuffer()
        AMFValue.string("connect").encode(to: &payload)
        AMFValue.number(1).encode(to: &payload)
        // avmplus, then an anonymous dynamic object with the one member app: "live".
        payload.writeBytes([0x11, 0x0A, 0x0B, 0x01, 0x07, 0x61, 0x70, 0x70, 0x06, 0x09, 0x6C, 0x69, 0x76, 0x65, 0x01])
        _ = client.send(message(.commandAMF3, payload))
        #expect(try client.commands().map(\.name) == ["_result"])
    }

    @Test func `metadata comes with them too`() {
        var client = Client()
        client.publish()
        var payload = ByteBuffer()
        for name in ["@setDataFrame", "onMetaData"] { AMFValue.string(name).encode(to: &payload) }
        AMFValue.ecmaArray(["encoder": "Wirecast"]).encode(to: &payload)
        #expect(client.send(message(.dataAMF3, payload)) == [.metadata(StreamMetadata(encoder: "Wirecast"))])
    }

    @Test func `another selector ends the connection`() {
        var client = Client()
        _ = client.send(Client.handshake)
        guard case .close(.violation(let error)) = client.send(message(.commandAMF3, Client.connect.payload, selector: 3)).last
        else { return #expect(Bool(false), "not closed") }
        #expect(error.code == .malformed)
    }
}
