import Access
import Discussion
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/hands`: who wants to speak, in the order in which they said so.
struct HandsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/hands", use: read)
        api.put("sessions/{session}/hands/own", use: raise)
        api.delete("sessions/{session}/hands/own", use: lowerOwn)
        api.patch("sessions/{session}/hands/{participant}", use: call)
        api.delete("sessions/{session}/hands/{participant}", use: lower)
    }

    @Sendable private func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let hands = try hub.hands(in: state, for: context.identity)
        return try JSON.response(
            HandsAnswer(
                isOpen: try await hub.discussion.forums.isOpen(.hands, in: state.session.id),
                hands: hands.map(HandAnswer.init(_:))))
    }

    @Sendable private func raise(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        return try JSON.response(HandAnswer(try await hub.raiseHand(of: context.identity, in: state)))
    }

    @Sendable private func lowerOwn(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try await hub.lowerHand(of: context.identity, in: state)
        return Response(status: .noContent)
    }

    @Sendable private func call(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: HandOrder.self, context: context)
        guard order.isCalled else {
            throw Problem(.invalidRequest, "“isCalled” is true; whoever has spoken has their hand lowered.")
        }
        let participant = try hub.handRaiser(named: context.parameters.get("participant"), in: state)
        try await Hub.taking { try await hub.hands.call(participant, in: state.session, by: actor) }
        return Response(status: .noContent)
    }

    @Sendable private func lower(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let participant = try hub.handRaiser(named: context.parameters.get("participant"), in: state)
        try await hub.hands.lower(participant, in: state.session, by: actor)
        return Response(status: .noContent)
    }
}

struct HandOrder: Decodable {
    let isCalled: Bool
}

struct HandsAnswer: Encodable {
    let isOpen: Bool
    let hands: [HandAnswer]
}

struct HandAnswer: Encodable {
    let participant: ParticipantID
    let name: String
    let organisation: String
    let at: UTCInstant
    let isCalled: Bool

    init(_ hand: Hand) {
        (participant, name, organisation) = (hand.participant, hand.name, hand.organisation)
        (at, isCalled) = (hand.at, hand.isCalled)
    }
}
