import Access
import Events
import Foundation
import HTTPTypes
import Hummingbird
import Identifiers
import Media
import Programme
import Rooms
import Streams
import Time

/// `/rooms/{room}/moderate`, and its forms for those without scripts.
struct ConsolePages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    /// Events that the console shows when it is opened.
    private static let longestLog = 50

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("rooms/{room}/moderate", use: console)
        pages.post("sessions/{session}/open") { try await conduct(.open, $0, $1) }
        pages.post("sessions/{session}/close") { try await conduct(.closed, $0, $1) }
        pages.post("sessions/{session}/recording/pause") { try await setPaused(true, $0, $1) }
        pages.post("sessions/{session}/recording/resume") { try await setPaused(false, $0, $1) }
    }

    @Sendable private func console(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let room = try await hub.room(in: context.parameters)
        try hub.permit(context.identity, .conductSession, on: Object(room))
        guard let conference = try await hub.programme.conference(room.conference) else { throw Problem(.notFound) }
        let state = try await currentOrNext(in: room)
        let page = ModeratePage(
            room: room.name.text(in: reader.languages).text, roomID: room.id.description, zone: conference.zone,
            current: try await current(state, reader), feed: feed(in: room.id),
            people: try await people(state, reader), chat: try await chat(state, reader),
            questions: try await questions(state, reader), hands: try await hands(state, reader),
            polls: try await polls(state, reader),
            log: try await log(state, conference, reader))
        return try await desk.answer(page, to: reader, of: conference)
    }

    private func currentOrNext(in room: Room) async throws -> Rooms.SessionState? {
        if let id = hub.rooms.current(in: room.id) { return hub.rooms.state(of: id) }
        let sessions = try await hub.programme.sessions(in: room.conference).filter { $0.room == room.id }
        let states = sessions.compactMap { hub.rooms.state(of: $0.id) }
        return states.first { $0.phase != .ended } ?? states.last
    }

    private func current(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> ModeratePage.Current? {
        guard let state else { return nil }
        return ModeratePage.Current(
            id: state.session.id.description, session: try await hub.summary(of: state, reader),
            isRecorded: state.session.isRecorded, recorder: hub.recorder(of: state),
            entrance: EntranceInRoom(
                entrance: hub.rooms.entrance(of: state.session.id),
                waiting: hub.rooms.waiting(for: state.session.id).map(PersonInRoom.init(_:))),
            announcements: try await hub.announcementsInRoom(of: state, reader))
    }

    private func people(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> PeopleInRoom {
        guard let state else { return PeopleInRoom(present: [], removed: [], expected: 0, organisations: [], may: .none) }
        return try await hub.peopleInRoom(of: state, reader)
    }

    private func chat(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> ChatInRoom {
        guard let state else { return ChatInRoom(messages: [], forum: .none("chat")) }
        return try await hub.chatInRoom(of: state, reader)
    }

    private func questions(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> QuestionsInRoom {
        guard let state else { return QuestionsInRoom(questions: [], forum: .none("questions")) }
        return try await hub.questionsInRoom(of: state, reader)
    }

    private func polls(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> PollsInRoom {
        guard let state else { return PollsInRoom(polls: [], forum: .none("polls")) }
        return try await hub.pollsInRoom(of: state, reader)
    }

    private func hands(_ state: Rooms.SessionState?, _ reader: Reader) async throws -> HandsInRoom {
        guard let state else { return HandsInRoom(line: [], own: .down, forum: .none("hands")) }
        return try await hub.handsInRoom(of: state, reader)
    }

    private func feed(in room: RoomID) -> ModeratePage.Feed {
        guard let health = hub.feeds.feed(in: room)?.health, health.state != .ended else { return .absent }
        let now = hub.clock.now()
        guard health.state == .live else { return .interrupted(quiet: now.since(health.lastFrame ?? health.since)) }
        return .flowing(
            ModeratePage.Feed.Health(
                since: health.since, bitsPerSecond: Int64(health.bitrate),
                lastKeyFrame: now.since(health.lastKeyFrame ?? health.since),
                picture: health.formats.lazy.compactMap(\.size).first))
    }

    /// The latest of the session's events, the last first.
    private func log(
        _ state: Rooms.SessionState?, _ conference: Conference, _ reader: Reader
    ) async throws -> [ModeratePage.LogEntry] {
        guard let state else { return [] }
        let audience = EventAudience(
            hub: hub, identity: reader.identity, conference: conference.id, session: state.session.id)
        var entries: [ModeratePage.LogEntry] = []
        let events = try await hub.events.latest(in: state.session.id, of: conference.id, limit: Self.longestLog)
        for event in events where await audience.verdict(event) == .tell {
            entries.append(ModeratePage.LogEntry(event))
        }
        return entries
    }
}

// MARK: - Forms

extension ConsolePages {
    private struct ConductForm: Decodable {
        let reason: String
    }

    private func conduct(_ override: SessionOverride, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: ConductForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        try await hub.conduct(state, override, reason: form.reason, by: actor)
        return back(to: state)
    }

    private func setPaused(_ isPaused: Bool, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: ConductForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        try await hub.setPaused(isPaused, recordingOf: state, reason: form.reason, by: actor)
        return back(to: state)
    }

    private func back(to state: Rooms.SessionState) -> Response {
        .redirect(to: state.consolePath, type: .normal)
    }
}

extension ModeratePage.LogEntry {
    fileprivate struct Facts: Decodable {
        let reason: String?
        let note: String?
        let title: String?
        let percent: Int?
    }

    fileprivate init(_ event: Event) {
        let facts = try? JSONDecoder().decode(Facts.self, from: Data(event.data.utf8))
        self.init(number: event.sequence, at: event.instant, kind: event.kind.rawValue, detail: facts?.words)
    }
}

extension ModeratePage.LogEntry.Facts {
    fileprivate var words: String? {
        reason ?? title ?? note ?? percent.flatMap { $0 > 0 ? "\($0) %" : nil }
    }
}

extension TrackFormat {
    /// `1280 × 720`; nil for sound.
    fileprivate var size: String? {
        guard case .picture(let picture) = self else { return nil }
        return "\(picture.width) × \(picture.height)"
    }
}
