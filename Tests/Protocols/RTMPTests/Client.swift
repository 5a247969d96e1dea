import NIOCore
import RTMP

/// The peer of a `ServerConnection` in a transcript: writes what a desk would, and reads what it is told.
struct Client: ~Copyable {
    static let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    var server: ServerConnection
    var now = Client.start
    private var encoder = ChunkEncoder()
    private var decoder = ChunkDecoder()
    private var handshakeRemaining = 1 + 2 * ServerHandshake.packetLength

    init(limits: ConnectionLimits = ConnectionLimits()) {
        let nonce = [UInt8](repeating: 7, count: ServerHandshake.nonceLength)
        server = ServerConnection(nonce: nonce, limits: limits, at: now)
    }

    static var handshake: ByteBuffer {
        ByteBuffer(bytes: [3] + [UInt8](repeating: 1, count: 2 * ServerHandshake.packetLength))
    }

    /// What the server does on these bytes.
    mutating func send(_ bytes: ByteBuffer) -> [ConnectionAction] {
        hear(server.received(bytes, at: now))
    }

    mutating func send(_ messages: Message...) -> [ConnectionAction] {
        send(ByteBuffer(joining: messages.map { encode($0) }))
    }

    mutating func send(_ command: Command) -> [ConnectionAction] {
        send(Message(.command, payload: command.payload))
    }

    mutating func accept() -> [ConnectionAction] {
        hear(server.publishAccepted(at: now))
    }

    mutating func refuse(_ refusal: Refusal) -> [ConnectionAction] {
        hear(server.refuse(refusal))
    }

    mutating func encode(_ message: Message) -> ByteBuffer {
        encoder.encode(message, on: message.kind == .video ? 6 : message.kind == .audio ? 4 : 3)
    }

    /// Keeps what the server sent, behind its handshake, for `messages()`.
    mutating func hear(_ actions: [ConnectionAction]) -> [ConnectionAction] {
        for case .send(var bytes) in actions {
            let skipped = min(handshakeRemaining, bytes.readableBytes)
            bytes.moveReaderIndex(forwardBy: skipped)
            handshakeRemaining -= skipped
            decoder.append(bytes)
        }
        return actions
    }

    /// What the server has said since the last call.
    mutating func messages() throws -> [Message] {
        var messages: [Message] = []
        while let message = try decoder.next() { messages.append(message) }
        return messages
    }

    mutating func commands() throws -> [Command] {
        try messages().filter { $0.kind == .command }.map { try Command($0.payload) }
    }

    /// The last status among what the server has said.
    mutating func status() throws -> AMFObject? {
        try commands().last { $0.name == "onStatus" }?.argument(1)?.object
    }
}

extension Client {
    static let connect = Command(
        "connect", transaction: 1, .object(["app": "live", "flashVer": "FMLE/3.0", "tcUrl": "rtmp://127.0.0.1/live"]))

    static func publish(_ key: String) -> Command {
        Command("publish", transaction: 5, .null, .string(key), "live")
    }

    /// As far as the question whether it may publish.
    mutating func arrive(application: String = "live", key: String = "key") -> [ConnectionAction] {
        _ = send(Self.handshake)
        _ = send(Command("connect", transaction: 1, .object(["app": .string(application)])))
        return send(Self.publish(key))
    }

    /// As far as an admitted publication.
    mutating func publish() {
        _ = arrive()
        _ = accept()
    }
}
