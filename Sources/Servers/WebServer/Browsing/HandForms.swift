import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms

/// The moderators' forms of the raised hands, for those without scripts. Who raises one is in the room, where nobody is without.
struct HandForms {
    let hub: Hub

    private struct HandForm: Decodable {
        let participant: String
    }

    private enum Act: String, CaseIterable {
        case call, lower
    }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        for act in Act.allCases {
            pages.post("sessions/{session}/hands/\(act.rawValue)") { try await moderate(act, $0, $1) }
        }
    }

    private func moderate(_ act: Act, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: HandForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let participant = try hub.handRaiser(named: form.participant, in: state)
        switch act {
        case .call: try await Hub.taking { try await hub.hands.call(participant, in: state.session, by: actor) }
        case .lower: try await hub.hands.lower(participant, in: state.session, by: actor)
        }
        return .redirect(to: "\(state.consolePath)#hands", type: .normal)
    }
}

extension Hub {
    func handsInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> HandsInRoom {
        let moderates = allows(reader.identity, .conductSession, on: object(state))
        let own = reader.identity.subject.participation(in: state.session.conference)?.participant
        let line = hands.hands(in: state.session.id)
        return HandsInRoom(
            line: moderates ? line.map(HandsInRoom.Row.init(_:)) : [],
            own: line.first { $0.participant == own }.map { $0.isCalled ? .called : .raised } ?? .down,
            forum: try await forumInRoom(.hands, of: state, moderates))
    }
}

extension HandsInRoom.Row {
    fileprivate init(_ hand: Hand) {
        self.init(
            participant: hand.participant.description, name: hand.name, organisation: hand.organisation, at: hand.at,
            isCalled: hand.isCalled)
    }
}
