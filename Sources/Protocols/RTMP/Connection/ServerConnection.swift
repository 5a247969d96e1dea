package import NIOCore

/// One RTMP connection as its server sees it, without its socket and clock. It takes one publication at a time.
///
///     handshake ─C2─▶ greeted ─connect─▶ connected ─publish─▶ asking ─publishAccepted─▶ publishing
///                                            ▲                  │                          │
///                                            │                refuse                  deleteStream, closeStream,
///                                            │                  ▼                     FCUnpublish
///                                            │               closed                        │
///                                            └─────────────────────────────────────────────┘
///
/// A violation by the peer, a refusal, slowness and silence each lead to `closed` from everywhere, with a `close` action that
/// says why; what comes after that is dropped. Media outside a publication is dropped too: desks send some on their way out.
package struct ServerConnection: ~Copyable {
    enum Phase {
        case handshake(ServerHandshake)
        case greeted
        case connected(application: String)
        case asking(application: String)
        case publishing(application: String)
        case closed
    }

    /// Our chunks: all that we say fits in one.
    static let ownChunkSize: UInt32 = 4096
    /// Bytes after which either side acknowledges, unless the peer asks for less.
    static let acknowledgementWindow: UInt32 = 2_500_000
    /// The one message stream that a connection has, whatever it creates.
    static let messageStream: UInt32 = 1

    let limits: ConnectionLimits
    var phase: Phase
    var actions: [ConnectionAction] = []
    var decoder: ChunkDecoder
    private var encoder = ChunkEncoder()
    private var handshakeInput = ByteBuffer()
    private var messages: RateWindow
    private var commands: RateWindow

    private var heardAt: NIODeadline
    var establishDeadline: NIODeadline
    /// By when a desk that was asked to come anew is gone.
    var leaveDeadline: NIODeadline?
    /// What the peer said of itself.
    var capabilities: Capabilities = []

    /// Both wrap, as the acknowledgement does (RTMP 1.0 §5.4.3).
    private var received: UInt32 = 0
    private var acknowledged: UInt32 = 0
    private var window = Self.acknowledgementWindow

    /// - Parameter nonce: `ServerHandshake.nonceLength` random bytes.
    package init(nonce: [UInt8], limits: ConnectionLimits = ConnectionLimits(), at now: NIODeadline) {
        self.limits = limits
        phase = .handshake(ServerHandshake(nonce: nonce))
        decoder = ChunkDecoder(limits: limits.chunksBeforeAdmission)
        messages = RateWindow(limit: limits.messagesPerSecond, per: .seconds(1), from: now)
        commands = RateWindow(limit: limits.commands, per: limits.commandWindow, from: now)
        heardAt = now
        establishDeadline = now + limits.establishTime
    }
}

// MARK: - Events

extension ServerConnection {
    /// Bytes came.
    package mutating func received(_ bytes: ByteBuffer, at now: NIODeadline) -> [ConnectionAction] {
        guard !isClosed else { return [] }
        heardAt = now
        received &+= UInt32(truncatingIfNeeded: bytes.readableBytes)
        return acting { (machine) throws(RTMPError) in
            try machine.take(bytes)
            machine.acknowledge()
            try machine.decode(at: now)
        }
    }

    /// The desk is admitted: it may send, and what it has sent already is decoded.
    package mutating func publishAccepted(at now: NIODeadline) -> [ConnectionAction] {
        guard case .asking(let application) = phase else { return [] }
        heardAt = now
        return acting { (machine) throws(RTMPError) in
            machine.phase = .publishing(application: application)
            machine.decoder.limits = machine.limits.chunks
            machine.send(.streamBegin(Self.messageStream))
            machine.sendStatus("status", "NetStream.Publish.Start", "The stream is received.")
            try machine.decode(at: now)
        }
    }

    /// Tells the desk why it may not publish, or not go on, and closes.
    package mutating func refuse(_ refusal: Refusal) -> [ConnectionAction] {
        guard !isClosed else { return [] }
        return acting { (machine) in machine.turnAway(refusal) }
    }

    /// The connection is over, for a reason that stands outside the protocol: the peer left, or it broke.
    package mutating func end(_ reason: CloseReason) -> [ConnectionAction] {
        guard !isClosed else { return [] }
        return acting { (machine) in machine.close(reason) }
    }

    /// The moment has come that `deadline` named.
    package mutating func timePassed(_ now: NIODeadline) -> [ConnectionAction] {
        guard let deadline, now >= deadline else { return [] }
        return acting { (machine) in machine.runOut(at: now) }
    }

    private mutating func runOut(at now: NIODeadline) {
        if now >= heardAt + limits.silence {
            close(.silent)
        } else if let leaveDeadline, now >= leaveDeadline {
            turnAway(.stopping)
        } else {
            close(.tooSlow)
        }
    }

    /// When `timePassed` is due unless something comes; nil once closed.
    package var deadline: NIODeadline? {
        switch phase {
        case .closed: nil
        case .publishing: min(heardAt + limits.silence, leaveDeadline ?? .distantFuture)
        default: min(heardAt + limits.silence, establishDeadline)
        }
    }

    package var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }

    /// Runs one event and hands out what it made; an error closes.
    mutating func acting(
        _ event: (inout ServerConnection) throws(RTMPError) -> Void
    ) -> [ConnectionAction] {
        do {
            try event(&self)
        } catch {
            close(.violation(error))
        }
        defer { actions.removeAll() }
        return actions
    }
}

// MARK: - Bytes

extension ServerConnection {
    private mutating func take(_ bytes: ByteBuffer) throws(RTMPError) {
        guard case .handshake(var handshake) = phase else { return decoder.append(bytes) }
        handshakeInput.writeImmutableBuffer(bytes)
        while true {
            switch try handshake.proceed(&handshakeInput) {
            case .needsMore:
                phase = .handshake(handshake)
                return
            case .send(let answer):
                actions.append(.send(answer))
            case .done:
                phase = .greeted
                decoder.append(handshakeInput)
                handshakeInput = ByteBuffer()
                return
            }
        }
    }

    private mutating func decode(at now: NIODeadline) throws(RTMPError) {
        while isDecoding, let message = try decoder.next() {
            guard messages.admit(at: now) else {
                throw RTMPError(.excessive, "More than \(limits.messagesPerSecond) messages in a second.")
            }
            try handle(message, at: now)
        }
        guard decoder.heldBytes <= limits.heldBytes else {
            throw RTMPError(.excessive, "More than \(limits.heldBytes) bytes came before the publication was admitted.")
        }
    }

    private var isDecoding: Bool {
        switch phase {
        case .greeted, .connected, .publishing: true
        case .handshake, .asking, .closed: false
        }
    }

    private mutating func acknowledge() {
        guard received &- acknowledged >= window else { return }
        acknowledged = received
        send(.control(.acknowledgement, received), on: ChunkHeader.controlStream)
    }
}

// MARK: - Messages

extension ServerConnection {
    private mutating func handle(_ message: Message, at now: NIODeadline) throws(RTMPError) {
        switch message.kind {
        case .command, .commandAMF3:
            try countCommand(at: now)
            try handle(Command(message.amfPayload(), limits: limits.amf), at: now)
        case .userControl:
            try countCommand(at: now)
            if case .pingRequest(let time) = try UserControl(message.payload) { send(.pingResponse(time)) }
        case .windowSize:
            try setWindow(message.payload)
        default:
            try handleMedia(message)
        }
    }

    private mutating func countCommand(at now: NIODeadline) throws(RTMPError) {
        guard commands.admit(at: now) else {
            throw RTMPError(.excessive, "More than \(limits.commands) commands in a short time.")
        }
    }

    /// The peer wants acknowledgements after so many bytes (§5.4.4). Its own limit on us, peer bandwidth, never bites: we say little.
    private mutating func setWindow(_ payload: ByteBuffer) throws(RTMPError) {
        guard let size = payload.getInteger(at: payload.readerIndex, as: UInt32.self), size > 0 else {
            throw RTMPError(.malformed, "An acknowledgement window of no bytes.")
        }
        window = min(size, Self.acknowledgementWindow)
    }
}

// MARK: - Answers

extension ServerConnection {
    /// Chunk streams on which we speak, beside control.
    private static let commandStream: UInt32 = 3
    private static let statusStream: UInt32 = 5

    mutating func send(_ message: Message, on chunkStream: UInt32) {
        actions.append(.send(encoder.encode(message, on: chunkStream)))
    }

    mutating func send(_ control: UserControl) {
        guard let message = control.message else { return }
        send(message, on: ChunkHeader.controlStream)
    }

    mutating func send(_ command: Command) {
        send(Message(.command, payload: command.payload), on: Self.commandStream)
    }

    mutating func sendStatus(_ level: String, _ code: String, _ description: String) {
        let status: AMFObject = ["level": .string(level), "code": .string(code), "description": .string(description)]
        let command = Command("onStatus", .null, .object(status))
        send(Message(.command, stream: Self.messageStream, payload: command.payload), on: Self.statusStream)
    }

    mutating func turnAway(_ refusal: Refusal) {
        sendStatus("error", refusal.code.rawValue, refusal.message)
        close(.refused(refusal.message))
    }

    mutating func close(_ reason: CloseReason) {
        phase = .closed
        actions.append(.close(reason))
    }
}
