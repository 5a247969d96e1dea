import Identifiers
package import Registration
package import Streams

/// Admits publishers by their stream key: the key belongs to a room, and the room takes one feed.
package struct StreamDesk: PublishingDesk {
    private let keys: StreamKeyDesk
    private let feeds: FeedDirectory

    package init(keys: StreamKeyDesk, feeds: FeedDirectory) {
        self.keys = keys
        self.feeds = feeds
    }

    package func admit(_ request: PublishRequest) async throws(PublishRefusal) -> Publication {
        let key = try await key(Secret(shown: request.key.value))
        return try feeds.publish(to: key.room, with: key.id, way: request.way, remoteAddress: request.remoteAddress)
    }

    private func key(_ secret: Secret) async throws(PublishRefusal) -> StreamKey {
        let found: StreamKey?
        do {
            found = try await keys.find(secret)
        } catch {
            throw PublishRefusal(.unavailable, "The stream key could not be looked up. Try again in a moment.")
        }
        guard let found else {
            throw PublishRefusal(
                .unknownKey, "This stream key is not known here, or was revoked. Ask the secretariat for the room's key.")
        }
        return found
    }
}
