package import NIOCore

/// What the owner of a connection has to do, in this order.
package enum ConnectionAction: Equatable, Sendable {
    case send(ByteBuffer)
    /// Answer with `publishAccepted` or `refuse`; until then nothing follows, and reading should pause.
    case askToPublish(PublishIntent)
    case metadata(StreamMetadata)
    /// The timestamp is in milliseconds and wraps at 32 bits.
    case video(VideoTag, timestamp: UInt32)
    case audio(AudioTag, timestamp: UInt32)
    /// The desk ended its publication; another may follow.
    case unpublished
    /// Close once everything is sent. Nothing follows.
    case close(CloseReason)
}

/// What a desk wants to publish.
package struct PublishIntent: Equatable, Sendable {
    /// The path of the address without its slashes and query: `live`.
    package let application: String
    package let key: StreamKey

    package init(application: String, key: StreamKey) {
        self.application = application
        self.key = key
    }
}

/// Why a connection ended.
package enum CloseReason: Equatable, Sendable {
    /// The peer closed it.
    case peerLeft
    /// The peer was told so.
    case refused(String)
    case violation(RTMPError)
    /// It did not get as far as publishing in time.
    case tooSlow
    /// No byte came for too long.
    case silent
    /// The socket or its TLS failed, in the words of whoever noticed.
    case broken(String)
    /// What it was told has piled up.
    case deaf
    /// The server stops.
    case stopped

    /// For the operator's log.
    package var explanation: String {
        switch self {
        case .peerLeft: "the desk closed the connection"
        case .refused(let message): "refused: \(message)"
        case .violation(let error): "\(error.code.rawValue): \(error.message)"
        case .tooSlow: "it did not begin to publish in time"
        case .silent: "nothing came from it any more"
        case .broken(let what): "the connection broke: \(what)"
        case .deaf: "it does not read what it is told"
        case .stopped: "the server stops"
        }
    }
}
