import Access
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions`: the programme as it stands now, and the door of each session.
struct SessionsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/sessions", use: list)
        api.get("sessions/{session}", use: get)
        api.post("sessions/{session}/admission", use: admit)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        let sessions = try await hub.programme.sessions(in: conference.id)
        return try JSON.response(["sessions": sessions.compactMap { hub.rooms.state(of: $0.id) }.map(SessionAnswer.init(_:))])
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: hub.object(state))
        return try JSON.response(SessionAnswer(state))
    }

    /// Lets the asker in, or renews their pass.
    @Sendable private func admit(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let admission = try await hub.admit(context.identity, to: state)
        var response = try JSON.response(AdmissionAnswer(state, admission))
        response.setCookie(PassCookie.make(admission, arrival: context.arrival, now: hub.clock.now()))
        return response
    }
}

struct SessionAnswer: Encodable {
    let id: SessionID
    let conference: ConferenceID
    let room: RoomID
    let title: LocalisedText
    let abstract: LocalisedText?
    let speakers: [Speaker]
    let format: SessionFormat
    let audiences: [Audience]
    /// The floor's first.
    let letsOthersWatch: Bool
    let languages: [String]
    let startsAt: UTCInstant
    let endsAt: UTCInstant
    let doorsOpenAt: UTCInstant
    let isRecorded: Bool
    let state: SessionPhase
    /// Absent while the session follows the programme.
    let override: SessionOverride?
    /// The multivariant playlist; absent while there are no media.
    let media: String?
    /// Absent while it is not running, or not to be recorded.
    let recording: RecordingStatus?
    let present: Int

    init(_ state: Rooms.SessionState) {
        let session = state.session
        id = session.id
        conference = session.conference
        room = session.room
        title = session.title
        abstract = session.abstract
        speakers = session.speakers
        format = session.format
        audiences = session.audiences.sorted { $0.rawValue < $1.rawValue }
        letsOthersWatch = session.letsOthersWatch
        languages = session.languages
        startsAt = session.startsAt
        endsAt = session.endsAt
        doorsOpenAt = state.doorsOpenAt
        isRecorded = session.isRecorded
        self.state = state.phase
        override = state.override
        media = state.mediaPath
        recording = state.recordingStatus
        present = state.present
    }
}

struct AdmissionAnswer: Encodable {
    /// Null while there are no media.
    let media: String?
    /// The same for a player that sends no cookie; whoever has it has the pass.
    let mediaWithPass: String?
    let passExpires: UTCInstant
    /// Whether they are in the room; who is not only watches.
    let isInRoom: Bool
    let state: SessionPhase

    init(_ state: Rooms.SessionState, _ admission: Admission) {
        media = state.mediaPath
        mediaWithPass = state.mediaPath.map { "/~\(admission.token)\($0)" }
        passExpires = admission.pass.expires
        isInRoom = admission.isInRoom
        self.state = state.phase
    }

    private enum Key: CodingKey {
        case media
        case mediaWithPass
        case passExpires
        case isInRoom
        case state
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(media, forKey: .media)
        try container.encode(mediaWithPass, forKey: .mediaWithPass)
        try container.encode(passExpires, forKey: .passExpires)
        try container.encode(isInRoom, forKey: .isInRoom)
        try container.encode(state, forKey: .state)
    }
}
