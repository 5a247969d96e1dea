import Access
import Hummingbird
import Identifiers
import Media
import Programme
import Rooms
import Streams
import Time

/// `/rooms`: the places, and what their production desks send.
struct RoomsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/rooms", use: list)
        api.get("rooms/{room}", use: get)
        api.get("rooms/{room}/feed", use: feed)
    }

    /// Those that the asker may see; a refusal where there is none.
    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let rooms = try await hub.visible(
            .seeRoom, in: conference.id, to: context.identity, hub.programme.rooms(in:), as: Object.init)
        return try JSON.response(["rooms": rooms.map(answer)])
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let room = try await hub.room(in: context.parameters)
        try hub.permit(context.identity, .seeRoom, on: Object(room))
        return try JSON.response(answer(room))
    }

    @Sendable private func feed(_ request: Request, _ context: WebContext) async throws -> Response {
        let room = try await hub.room(in: context.parameters)
        try hub.permit(context.identity, .seeFeed, on: Object(room))
        guard let feed = hub.feeds.feed(in: room.id) else { throw Problem(.notFound, "Nobody publishes to this room now.") }
        return try JSON.response(FeedAnswer(feed.health))
    }

    private func answer(_ room: Room) -> RoomAnswer {
        RoomAnswer(
            id: room.id, conference: room.conference, name: room.name, session: hub.rooms.current(in: room.id),
            feed: hub.feeds.feed(in: room.id)?.health.state)
    }
}

struct RoomAnswer: Encodable {
    let id: RoomID
    let conference: ConferenceID
    let name: LocalisedText
    /// The session that is on there, or whose doors are open.
    let session: SessionID?
    /// Absent while nobody publishes.
    let feed: FeedHealth.State?
}

struct FeedAnswer: Encodable {
    let id: FeedID
    let room: RoomID
    let way: IngestWay
    let state: FeedHealth.State
    let since: UTCInstant
    let lastFrame: UTCInstant?
    let lastKeyFrame: UTCInstant?
    /// Bits a second.
    let bitrate: Int
    /// Pictures a second; absent where it cannot be told.
    let frameRate: Double?
    /// Seconds; absent before the second key frame.
    let keyFrameInterval: Double?
    let interruptions: Int
    let readers: Int
    let framesDropped: Int
    let picture: Picture?
    let sound: Sound?

    struct Picture: Encodable {
        let codecs: String
        let width: Int32
        let height: Int32
    }

    struct Sound: Encodable {
        let codecs: String
        let sampleRate: Int32
        let channels: Int32
    }

    init(_ health: FeedHealth) {
        (id, room, way, state) = (health.id, health.room, health.way, health.state)
        (since, lastFrame, lastKeyFrame) = (health.since, health.lastFrame, health.lastKeyFrame)
        bitrate = health.bitrate
        frameRate = health.frameRate.isFinite ? health.frameRate : nil
        keyFrameInterval = health.keyFrameInterval.flatMap { $0.isFinite ? $0 : nil }
        (interruptions, readers, framesDropped) = (health.interruptions, health.readers, health.framesDropped)
        picture = health.formats.lazy.compactMap(Picture.init(_:)).first
        sound = health.formats.lazy.compactMap(Sound.init(_:)).first
    }
}

extension FeedAnswer.Picture {
    fileprivate init?(_ format: TrackFormat) {
        guard case .picture(let picture) = format else { return nil }
        self.init(codecs: picture.codecs, width: picture.width, height: picture.height)
    }
}

extension FeedAnswer.Sound {
    fileprivate init?(_ format: TrackFormat) {
        guard case .sound(let sound) = format else { return nil }
        self.init(codecs: sound.codecs, sampleRate: sound.sampleRate, channels: sound.channels)
    }
}
