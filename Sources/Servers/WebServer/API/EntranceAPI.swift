import Access
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms

/// `/sessions/{session}/entrance`: its lobby and its lock, who waits there, and how they are let in.
struct EntranceAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/entrance", use: get)
        api.patch("sessions/{session}/entrance", use: change)
        api.post("sessions/{session}/entrance/admissions", use: admit)
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .conductSession, on: hub.object(state))
        return try answer(state)
    }

    @Sendable private func change(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let change = try await request.json(as: EntranceChange.self, context: context)
        try await hub.setEntrance(change.applied(to: hub.rooms.entrance(of: state.session.id)), of: state, by: actor)
        return try answer(state)
    }

    @Sendable private func admit(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        switch try await request.json(as: AdmissionOrder.self, context: context) {
        case .everybody:
            return try JSON.response(["admitted": try await hub.admitAll(to: state, by: actor)])
        case .some(let participants):
            try await hub.admit(participants, to: state, by: actor)
            return try JSON.response(["admitted": participants])
        }
    }

    private func answer(_ state: Rooms.SessionState) throws -> Response {
        let session = state.session.id
        return try JSON.response(EntranceAnswer(hub.rooms.entrance(of: session), waiting: hub.rooms.waiting(for: session)))
    }
}

struct EntranceAnswer: Encodable {
    let lobby: Bool
    let locked: Bool
    let passes: EntryRule
    /// Absent for as many as come.
    let seats: Int?
    /// In the order in which they came.
    let waiting: [PeopleAnswer.Person]

    init(_ entrance: Entrance, waiting: [Presence]) {
        (lobby, locked, passes) = (entrance.hasLobby, entrance.isLocked, entrance.passes)
        seats = entrance.seats
        self.waiting = waiting.map(PeopleAnswer.Person.init(_:))
    }
}

/// What is absent stays as it is.
struct EntranceChange: Decodable {
    var lobby: Bool?
    var locked: Bool?
    var passes: EntryRule?
    /// 0 for as many as come.
    var seats: Int?

    func applied(to entrance: Entrance) -> Entrance {
        var entrance = entrance
        if let lobby { entrance.hasLobby = lobby }
        if let locked { entrance.isLocked = locked }
        if let passes { entrance.passes = passes }
        if let seats { entrance.seats = seats == 0 ? nil : seats }
        return entrance
    }
}

/// Either `{"everybody": true}` or `{"participants": […]}`.
enum AdmissionOrder: Decodable {
    case everybody
    case some([ParticipantID])

    private enum Key: CodingKey {
        case everybody
        case participants
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if try container.decodeIfPresent(Bool.self, forKey: .everybody) == true {
            self = .everybody
        } else {
            self = .some(try container.decode([ParticipantID].self, forKey: .participants))
        }
    }
}
