import Logging
import RTMP
import Streams
import Time

/// The lines that one connection writes: one when its desk comes, one when it goes. Those that never published are counted, and
/// told together once a second: whoever is on the network may make any number of them.
struct DeskLog {
    let address: String
    /// `RTMP` or `RTMPS`.
    private let way: String
    private let logger: Logger
    private(set) var hasAnnounced = false

    init(_ logger: Logger, address: String, way: String) {
        self.logger = logger
        self.address = address
        self.way = way
    }

    mutating func begins(_ publication: Publication, encoder: String?) {
        hasAnnounced = true
        logger.info(
            "A desk publishes by \(way)",
            metadata: [
                "address": "\(address)", "room": "\(publication.room)", "feed": "\(publication.id)",
                "encoder": "\(encoder ?? "unnamed")",
            ])
    }

    mutating func ends(_ publisher: Publisher, at now: UTCInstant, _ reason: String) {
        hasAnnounced = false
        logger.info(
            "A desk has left",
            metadata: [
                "address": "\(address)", "room": "\(publisher.publication.room)", "feed": "\(publisher.publication.id)",
                "seconds": "\(now.since(publisher.since).microseconds / 1_000_000)", "bytes": "\(publisher.bytes)",
                "frames": "\(publisher.frames)", "reason": "\(reason)",
            ])
    }

    /// A connection that never published: of interest where it was a desk, and only to the curious where it was not.
    func turnsAway(_ reason: CloseReason, isTold: Bool) {
        logger.log(
            level: isTold ? .notice : .debug, "An \(way) connection came to nothing",
            metadata: ["address": "\(address)", "reason": "\(reason.explanation)"])
    }
}
