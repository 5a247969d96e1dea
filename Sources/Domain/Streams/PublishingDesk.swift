/// Where an ingest server asks whether a newcomer may publish. The servers know nothing else of the conference.
package protocol PublishingDesk: Sendable {
    /// Admits a publisher to the room that its key belongs to.
    ///
    /// - Throws: why not, in words for the desk. Nothing is changed then.
    func admit(_ request: PublishRequest) async throws(PublishRefusal) -> Publication
}

/// What a desk showed at the door.
package struct PublishRequest: Sendable {
    package let key: StreamKeySecret
    package let way: IngestWay
    /// The address it came from, as the operator's log shows it.
    package let remoteAddress: String

    package init(key: StreamKeySecret, way: IngestWay, remoteAddress: String) {
        self.key = key
        self.way = way
        self.remoteAddress = remoteAddress
    }
}

/// The ways by which media comes in.
package enum IngestWay: String, Codable, Hashable, Sendable {
    case rtmp
}

/// A stream key as the desk typed it. It prints as redacted.
package struct StreamKeySecret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// At most `maximumLength` UTF-8 bytes; the servers refuse longer ones before they get here.
    package let value: String
    package static let maximumLength = 256

    package init(_ value: String) {
        self.value = value
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { "‹redacted›" }
}

/// Why a desk may not publish.
package struct PublishRefusal: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// No such key, or it was revoked.
        case unknownKey = "unknown-stream-key"
        /// Somebody publishes to this room already.
        case alreadyPublishing = "already-publishing"
        /// The server is stopping, or carries as many feeds as it may.
        case unavailable
    }

    package let code: Code
    /// What failed and what would help, for the person at the desk.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
