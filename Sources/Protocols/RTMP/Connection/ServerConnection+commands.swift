import NIOCore

/// Commands (RTMP 1.0 §7.2, and those that encoders of the Flash Media Live Encoder family send beside them).
extension ServerConnection {
    mutating func handle(_ command: Command, at now: NIODeadline) throws(RTMPError) {
        switch (phase, command.name) {
        case (.greeted, "connect"): try connect(command)
        case (.greeted, _): throw RTMPError(.unexpected, "A command came before connect.")
        case (_, "connect"): throw RTMPError(.unexpected, "A second connect on one connection.")
        case (_, "createStream"): answer(command, .null, .number(Double(Self.messageStream)))
        case (_, "publish"): publish(command, at: now)
        case (_, "FCPublish"): answerFCPublish(command)
        case (_, "deleteStream"), (_, "closeStream"), (_, "FCUnpublish"): unpublish(command, at: now)
        case (_, "play"), (_, "play2"): turnAway(.play)
        case (_, "releaseStream"), (_, "_checkbw"): answer(command, .null, .undefined)
        case (_, "_result"), (_, "_error"), (_, "onStatus"): break
        default: answerUnknown(command)
        }
    }

    private mutating func answer(_ command: Command, _ arguments: AMFValue...) {
        guard command.transaction != 0 else { return }
        send(Command("_result", transaction: command.transaction, arguments: arguments))
    }

    private mutating func answerUnknown(_ command: Command) {
        guard command.transaction != 0 else { return }
        let status: AMFObject = [
            "level": "error", "code": "NetConnection.Call.Failed", "description": "This server does not know that command.",
        ]
        send(Command("_error", transaction: command.transaction, .null, .object(status)))
    }
}

// MARK: - connect

extension ServerConnection {
    private mutating func connect(_ command: Command) throws(RTMPError) {
        guard let properties = command.argument(0)?.object, let written = properties["app"]?.string else {
            throw RTMPError(.malformed, "A connect that names no application.")
        }
        guard written.utf8.count <= limits.nameLength else {
            throw RTMPError(.excessive, "The name of an application of more than \(limits.nameLength) bytes.")
        }
        phase = .connected(application: Self.application(written))
        send(.control(.windowSize, Self.acknowledgementWindow), on: ChunkHeader.controlStream)
        send(Self.peerBandwidth, on: ChunkHeader.controlStream)
        send(.control(.setChunkSize, Self.ownChunkSize), on: ChunkHeader.controlStream)
        capabilities = Capabilities(properties["capsEx"])
        let welcome = Self.welcome(toEnhanced: properties.announcesEnhanced)
        answer(command, .object(Self.ownProperties), .object(welcome))
    }

    private static func application(_ written: String) -> String {
        let path = written.prefix { $0 != "?" }
        return path.split(separator: "/").joined(separator: "/")
    }

    /// The window, and 2: the limit is dynamic (§5.4.5).
    private static var peerBandwidth: Message {
        var payload = ByteBuffer(integer: acknowledgementWindow)
        payload.writeInteger(UInt8(2))
        return Message(.peerBandwidth, payload: payload)
    }

    /// Encoders read a version of the Flash Media Server here to know which commands are understood.
    private static let ownProperties: AMFObject = ["fmsVer": "FMS/3,5,7,7009", "capabilities": 31]

    private static func welcome(toEnhanced isEnhanced: Bool) -> AMFObject {
        var status: AMFObject = [
            "level": "status", "code": "NetConnection.Connect.Success", "description": "Connected.", "objectEncoding": 0,
        ]
        if isEnhanced { status.appendOwnCapabilities() }
        return status
    }
}

// MARK: - publish

extension ServerConnection {
    private mutating func publish(_ command: Command, at now: NIODeadline) {
        guard case .connected(let application) = phase else { return turnAway(.alreadyPublishing) }
        let key = StreamKey(command.argument(1)?.string ?? "")
        guard !key.value.isEmpty else { return turnAway(.noKey) }
        guard key.value.utf8.count <= limits.nameLength else { return turnAway(.nameTooLong) }
        phase = .asking(application: application)
        actions.append(.askToPublish(PublishIntent(application: application, key: key)))
    }

    /// Encoders of the FMLE family wait for `onFCPublish`; it promises nothing yet.
    private mutating func answerFCPublish(_ command: Command) {
        answer(command, .null, .undefined)
        let status: AMFObject = ["code": "NetStream.Publish.Start", "description": "Publish when the stream is created."]
        send(Command("onFCPublish", .null, .object(status)))
    }

    private mutating func unpublish(_ command: Command, at now: NIODeadline) {
        answer(command, .null, .undefined)
        guard case .publishing(let application) = phase else { return }
        phase = .connected(application: application)
        establishDeadline = now + limits.establishTime
        sendStatus("status", "NetStream.Unpublish.Success", "The stream has ended.")
        actions.append(.unpublished)
        if leaveDeadline != nil { close(.stopped) }
    }
}
