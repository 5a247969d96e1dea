import Access
import Events
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms
import Time

/// `/conferences/{conference}/participants`: who is registered, as the secretariat sees and changes it.
struct ParticipantsAPI {
    let hub: Hub

    /// Participants in one answer, where nothing else is asked for, and at most.
    private static let (page, longestPage) = (100, 1000)

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/participants", use: list)
        api.post("conferences/{conference}/participants", use: create)
        api.get("conferences/{conference}/participants/{participant}", use: get)
        api.delete("conferences/{conference}/participants/{participant}", use: withdraw)
        RosterAPI(hub: hub).addRoutes(to: api)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .registerPeople, on: .conference(conference.id))
        let query = request.uri.queryParameters
        let limit = try query.pageLength(Self.page, most: Self.longestPage)
        let (after, words): (ParticipantID?, String?) = (try query.value("after"), try query.value("q"))
        let all = try await hub.registration.participants(in: conference.id)
        let rest = all.drop { participant in after.map { participant.id.description <= $0.description } ?? false }
        let found = rest.filter { participant in words.map(participant.matches) ?? true }
        let page = found.prefix(limit)
        return try JSON.response(
            ParticipantPageAnswer(
                participants: page.map(ParticipantAnswer.init(_:)), next: found.count > page.count ? page.last?.id : nil))
    }

    @Sendable private func create(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .registerPeople, on: .conference(conference.id))
        let order = try await request.json(as: ParticipantOrder.self, context: context)
        let grants = order.grants ?? [.participant]
        try hub.permitGiving(grants, to: context.identity, in: conference.id)
        guard let mail = MailAddress(order.mail)
        else { throw Problem(.impossible, "The mail address is not of the form name@example.org.") }
        guard try await !hub.registration.participants(in: conference.id).contains(where: { $0.mail == mail })
        else { throw Problem(.conflict, "Somebody is registered with this mail address.", next: "Search the list for it.") }
        let participant = try await hub.participants.register(
            order.name, mail: mail, organisation: order.organisation, as: order.capacity ?? .member, of: order.audiences ?? [],
            in: conference.id, grants: grants.sorted { $0.rawValue < $1.rawValue }.map { GrantInPlace($0) })
        hub.signIns.forget(participant.person)
        try await hub.audit.append(
            AuditDraft(
                .participantCreated, conference: conference.id, actor: actor, objects: [participant.id.description]))
        var response = try JSON.response(ParticipantAnswer(participant), status: .created)
        response.headers[.location] = "/api/v1/conferences/\(conference.id)/participants/\(participant.id)"
        return response
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        try JSON.response(ParticipantAnswer(try await participant(context).known))
    }

    @Sendable private func withdraw(_ request: Request, _ context: WebContext) async throws -> Response {
        let (known, actor) = try await participant(context)
        try hub.permitGiving(Set(known.grants.map(\.grant)), to: context.identity, in: known.conference)
        try await hub.audit.append(
            AuditDraft(.participantRevoked, conference: known.conference, actor: actor, objects: [known.id.description]))
        try await hub.signIns.revoke(known.id)
        hub.rooms.revoke(known.id)
        return Response(status: .noContent)
    }

    private func participant(_ context: WebContext) async throws -> (known: Participant, AuditActor) {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .registerPeople, on: .conference(conference.id))
        guard let id = context.parameters.get("participant", as: ParticipantID.self),
            let known = try await hub.registration.participant(id), known.conference == conference.id
        else { throw Problem(.notFound, "There is no such participant in this conference.") }
        return (known, actor)
    }
}

extension Hub {
    var participants: ParticipantDesk { ParticipantDesk(repository: registration, clock: clock) }

    /// Nobody gives or takes what they do not hold in the whole conference; the secretariat all but the operator's, a token only the
    /// participant's.
    func permitGiving(_ grants: Set<Grant>, to identity: Identity, in conference: ConferenceID) throws(Problem) {
        let held = identity.subject.participation(in: conference)?.grants.filter { $0.room == nil }.map(\.grant) ?? []
        var given = Set(held).union([.participant])
        if held.contains(.secretariat) { given.formUnion(Set(Grant.allCases).subtracting([.operator])) }
        guard let missing = grants.subtracting(given).map(\.rawValue).min() else { return }
        throw Problem(.notGranted, "The grant “\(missing)” is not yours to give or take.", next: "Ask somebody who holds it.")
    }
}

extension Participant {
    /// Whether the text stands in the name, the organisation or the mail address, whatever its case.
    fileprivate func matches(_ text: String) -> Bool {
        [name, organisation, mail.text].contains { $0.lowercased().contains(text.lowercased()) }
    }
}

struct ParticipantOrder: Decodable {
    let name: String
    let mail: String
    let organisation: String
    /// Absent for a member.
    let capacity: Capacity?
    let audiences: Set<Audience>?
    /// Absent for a participant.
    let grants: Set<Grant>?
}

struct ParticipantPageAnswer: Encodable {
    let participants: [ParticipantAnswer]
    /// What `after` has to be for those that follow; absent where none do.
    let next: ParticipantID?
}

struct ParticipantAnswer: Encodable {
    let id: ParticipantID
    let name: String
    let mail: String
    let organisation: String
    let capacity: Capacity
    let audiences: [Audience]
    let grants: [Given]
    /// Absent while they take part.
    let withdrawnAt: UTCInstant?

    struct Given: Encodable {
        let grant: Grant
        /// Absent in the whole conference.
        let room: RoomID?
    }

    init(_ participant: Participant) {
        (id, name, mail) = (participant.id, participant.name, participant.mail.text)
        (organisation, capacity) = (participant.organisation, participant.capacity)
        audiences = participant.audiences.sorted { $0.rawValue < $1.rawValue }
        grants = participant.grants.map { Given(grant: $0.grant, room: $0.room) }
        withdrawnAt = participant.revokedAt
    }
}
