import Access
import Discussion
import Hummingbird
import Identifiers
import Programme
import Rooms

/// The forms of the polls, for those without scripts.
struct PollForms {
    let hub: Hub

    private struct DraftForm: Decodable {
        let text: String
        /// One a line.
        let choices: String
        let several: String?
        let anonymous: String?
    }

    private struct BallotForm: Decodable {
        let poll: String
        let choices: [String]?
    }

    private struct PollForm: Decodable {
        let poll: String
    }

    private enum Act: String, CaseIterable {
        case begin, end, publish, delete

        /// Nil where there is no poll any more.
        var state: Poll.State? {
            switch self {
            case .begin: .open
            case .end: .closed
            case .publish: .published
            case .delete: nil
            }
        }
    }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("sessions/{session}/polls", use: draft)
        pages.post("sessions/{session}/polls/cast", use: cast)
        for act in Act.allCases {
            pages.post("sessions/{session}/polls/\(act.rawValue)") { try await moderate(act, $0, $1) }
        }
    }

    @Sendable private func draft(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: DraftForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let choices = form.choices.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.allSatisfy(\.isWhitespace) }
        _ = try await Hub.taking {
            let draft = try PollDraft(
                text: form.text, choices: choices, takesSeveral: form.several != nil, isAnonymous: form.anonymous != nil)
            return try await hub.polls.add(draft, to: state.session, by: actor)
        }
        return .redirect(to: "\(state.consolePath)#polls", type: .normal)
    }

    @Sendable private func cast(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: BallotForm.self, context: context)
        let choices = (form.choices ?? []).map { Int($0) ?? -1 }
        _ = try await hub.cast(choices, inPoll: form.poll, of: state, by: context.identity)
        return .redirect(to: "/sessions/\(state.session.id)/live#polls", type: .normal)
    }

    private func moderate(_ act: Act, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: PollForm.self, context: context)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let poll = try await hub.poll(named: form.poll, in: state, for: context.identity)
        if let next = act.state {
            try await Hub.taking { try await hub.polls.setState(next, of: poll, in: state.session, by: actor) }
        } else {
            try await hub.polls.delete(poll, by: actor)
        }
        return .redirect(to: "\(state.consolePath)#polls", type: .normal)
    }
}

extension Hub {
    func pollsInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> PollsInRoom {
        let moderates = allows(reader.identity, .conductSession, on: object(state))
        let participant = reader.identity.subject.participation(in: state.session.conference)?.participant
        let polls = try await polls.polls(in: state.session.id, for: participant, withDrafts: moderates)
        let forum = try await forumInRoom(.polls, of: state, moderates)
        return PollsInRoom(
            polls: polls.map { PollsInRoom.Row($0, showsVotes: $0.showsVotes(toModerator: moderates), isTaken: forum.isOpen) },
            forum: forum)
    }
}

extension PollsInRoom.Row {
    fileprivate init(_ poll: Poll, showsVotes: Bool, isTaken: Bool) {
        self.init(
            id: poll.id.description, text: poll.text,
            choices: poll.choices.enumerated().map { place, choice in
                PollsInRoom.Choice(
                    text: choice.text, votes: showsVotes ? choice.votes : nil, isOwn: poll.ownChoices.contains(place))
            }, takesSeveral: poll.takesSeveral, isAnonymous: poll.isAnonymous, state: poll.state.rawValue, ballots: poll.ballots,
            hasOwnBallot: poll.hasOwnBallot, isTaken: isTaken)
    }
}
