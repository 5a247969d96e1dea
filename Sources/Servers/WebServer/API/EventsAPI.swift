import Access
import Discussion
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms

/// `/events`: what happens, as server-sent events.
struct EventsAPI {
    let hub: Hub
    let configuration: EventStream.Configuration
    let streams: Tally

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences/{conference}/events", use: conference)
        api.get("sessions/{session}/events", use: session)
    }

    @Sendable private func conference(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let audience = EventAudience(hub: hub, identity: context.identity, conference: conference.id, session: nil)
        try hub.permit(context.identity, .followEvents, on: .conference(conference.id))
        return try await stream(audience, request) { nil }
    }

    @Sendable private func session(_ request: Request, _ context: WebContext) async throws -> Response {
        let session = try hub.session(in: context.parameters)
        let audience = EventAudience(
            hub: hub, identity: context.identity, conference: session.session.conference, session: session.session.id)
        try hub.permit(context.identity, .followEvents, on: hub.object(session))
        let conducts = hub.allows(context.identity, .conductSession, on: hub.object(session))
        return try await stream(audience, request) { [rooms = hub.rooms] in
            rooms.headCount(of: session.session.id).map {
                PresenceTold(present: $0.present, waiting: conducts ? $0.waiting : nil)
            }
        }
    }

    private func stream(
        _ audience: EventAudience, _ request: Request, presence: @escaping @Sendable () -> PresenceTold?
    ) async throws -> Response {
        let last = request.headers[.lastEventID].flatMap { Int64($0) }
        let follower = try await hub.events.follow(audience.conference, after: last, gate: audience.verdict)
        let stream = EventStream(
            configuration: configuration, follower: follower, told: audience.told, mayFollow: audience.mayFollow,
            presence: presence, tallies: audience.tallies, mark: hub.discussion.tallies.mark, open: streams)
        return stream.response(to: request)
    }
}

/// One who follows events: what they may be told is decided anew at each event.
struct EventAudience: Sendable {
    let hub: Hub
    let identity: Identity
    let conference: ConferenceID
    /// Nil where the whole conference is followed.
    let session: SessionID?

    @Sendable func verdict(_ event: Event) async -> EventVerdict {
        guard session == nil || event.session == nil || event.session == session, let identity = await refreshed() else {
            return .withhold
        }
        if tellsOwnRemoval(event, to: identity) { return .tell }
        let object = object(event.session ?? session)
        guard hub.allows(identity, .followEvents, on: object) else { return .withhold }
        return isVisible(event, to: identity, object) ? .tell : .withhold
    }

    /// The event as it is told; nil where its words are gone by now.
    @Sendable func told(_ event: Event) async throws -> Event? {
        try await hub.discussion.told(event)
    }

    /// Asked at every pulse of the stream. It also says that a participant is still in the session, or
    /// waits for it.
    @Sendable func mayFollow() async -> Bool {
        guard let identity = await refreshed(), hub.allows(identity, .followEvents, on: object(session)) else { return false }
        if let session, let participant = participant(identity) { hub.rooms.touch(participant, in: session) }
        return true
    }

    /// Counts are for those who take part in the session, as its words are.
    @Sendable func tallies(since mark: Tallies.Mark) async -> Tallies.Change? {
        guard let session, let change = hub.discussion.tallies.changes(in: session, since: mark),
            let identity = await refreshed(), isInSession(identity, object(session))
        else { return nil }
        return change
    }

    private func isInSession(_ identity: Identity, _ object: Object) -> Bool {
        hub.allows(identity, .enterSession, on: object) || hub.allows(identity, .conductSession, on: object)
    }

    private func isVisible(_ event: Event, to identity: Identity, _ object: Object) -> Bool {
        switch event.visibility {
        case .everyone: true
        case .participants: hub.wait(identity, at: object) == nil
        case .session:
            session != nil && isInSession(identity, object)
        case .moderators: hub.allows(identity, .removePeople, on: object)
        case .moderatorsAnd(let concerned):
            concerned == participant(identity) || hub.allows(identity, .removePeople, on: object)
        }
    }

    /// Who is removed hears of it, and of nothing more.
    private func tellsOwnRemoval(_ event: Event, to identity: Identity) -> Bool {
        guard event.kind == .participantRemoved || event.kind == .participantBanned,
            case .moderatorsAnd(let concerned) = event.visibility
        else { return false }
        return concerned == participant(identity)
    }

    private func participant(_ identity: Identity) -> ParticipantID? {
        identity.subject.participation(in: conference)?.participant
    }

    /// A store that does not answer is no right.
    private func refreshed() async -> Identity? {
        try? await hub.identification.refreshed(identity)
    }

    private func object(_ session: SessionID?) -> Object {
        session.flatMap { hub.rooms.view(of: $0) }.map(Object.session) ?? .conference(conference)
    }
}
