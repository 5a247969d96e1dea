package import NIOCore

/// How the server goes.
extension ServerConnection {
    /// The server is about to stop. A desk that can come anew is asked to, and may send on up to its next key frame; the others
    /// are told, and closed.
    package mutating func serverStops(at now: NIODeadline) -> [ConnectionAction] {
        acting { (machine) in machine.sayGoodbye(at: now) }
    }

    private mutating func sayGoodbye(at now: NIODeadline) {
        switch phase {
        case .closed: break
        case .handshake, .greeted: close(.stopped)
        case .publishing where capabilities.contains(.reconnect): askToReconnect(by: now + limits.reconnectTime)
        case .connected, .asking, .publishing: turnAway(.stopping)
        }
    }

    /// A status of the connection, not of its stream (Enhanced RTMP v2, “Reconnect Request”).
    private mutating func askToReconnect(by deadline: NIODeadline) {
        leaveDeadline = deadline
        let status: AMFObject = [
            "level": "status", "code": "NetConnection.Connect.ReconnectRequest",
            "description": .string(Refusal.stopping.message),
        ]
        send(Command("onStatus", .null, .object(status)))
    }
}
