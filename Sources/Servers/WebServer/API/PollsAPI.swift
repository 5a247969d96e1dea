import Access
import Discussion
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// `/sessions/{session}/polls`: what moderators ask the room, and how it answers.
struct PollsAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/polls", use: read)
        api.post("sessions/{session}/polls", use: draft)
        api.patch("sessions/{session}/polls/{poll}", use: setState)
        api.delete("sessions/{session}/polls/{poll}", use: delete)
        api.put("sessions/{session}/polls/{poll}/ballot", use: cast)
    }

    @Sendable private func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let moderates = hub.allows(context.identity, .conductSession, on: hub.object(state))
        let polls = try await hub.polls(in: state, for: context.identity)
        return try JSON.response(
            PollsAnswer(
                isOpen: try await hub.discussion.forums.isOpen(.polls, in: state.session.id),
                polls: polls.map { PollAnswer($0, showsVotes: $0.showsVotes(toModerator: moderates)) }))
    }

    @Sendable private func draft(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: PollOrder.self, context: context)
        let poll = try await Hub.taking {
            try await hub.polls.add(try order.draft, to: state.session, by: actor)
        }
        return try JSON.response(PollAnswer(poll, showsVotes: false), status: .created)
    }

    @Sendable private func setState(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: PollStateOrder.self, context: context)
        let poll = try await hub.poll(named: context.parameters.get("poll"), in: state, for: context.identity)
        try await Hub.taking { try await hub.polls.setState(order.state, of: poll, in: state.session, by: actor) }
        return Response(status: .noContent)
    }

    @Sendable private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let poll = try await hub.poll(named: context.parameters.get("poll"), in: state, for: context.identity)
        try await hub.polls.delete(poll, by: actor)
        return Response(status: .noContent)
    }

    @Sendable private func cast(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let order = try await request.json(as: BallotOrder.self, context: context)
        let ballots = try await hub.cast(order.choices, inPoll: context.parameters.get("poll"), of: state, by: context.identity)
        return try JSON.response(BallotAnswer(ballots: ballots))
    }
}

struct PollOrder: Decodable {
    let text: String
    let choices: [String]
    let takesSeveral: Bool?
    let isAnonymous: Bool?

    var draft: PollDraft {
        get throws {
            try PollDraft(text: text, choices: choices, takesSeveral: takesSeveral ?? false, isAnonymous: isAnonymous ?? false)
        }
    }
}

struct PollStateOrder: Decodable {
    let state: Poll.State
}

struct BallotOrder: Decodable {
    let choices: [Int]
}

/// What was chosen is not repeated: an answer may be kept on its way.
struct BallotAnswer: Encodable {
    let ballots: Int
}

struct PollsAnswer: Encodable {
    let isOpen: Bool
    let polls: [PollAnswer]
}

struct PollAnswer: Encodable {
    struct Choice: Encodable {
        let text: String
        /// Nil where the reader is not told yet.
        let votes: Int?
    }

    let poll: PollID
    let at: UTCInstant
    let text: String
    let choices: [Choice]
    let takesSeveral: Bool
    let isAnonymous: Bool
    let state: Poll.State
    let ballots: Int
    let hasOwnBallot: Bool
    let ownChoices: [Int]

    init(_ poll: Poll, showsVotes: Bool) {
        (self.poll, at, text) = (poll.id, poll.at, poll.text)
        choices = poll.choices.map { Choice(text: $0.text, votes: showsVotes ? $0.votes : nil) }
        (takesSeveral, isAnonymous, state) = (poll.takesSeveral, poll.isAnonymous, poll.state)
        (ballots, hasOwnBallot, ownChoices) = (poll.ballots, poll.hasOwnBallot, poll.ownChoices.sorted())
    }
}

/// A poll as it is taken away: with who chose what, where it is not anonymous.
struct PollExport: Encodable {
    struct Ballot: Encodable {
        let participant: ParticipantID
        let name: String
        let organisation: String
        let choice: Int

        init(_ ballot: NamedBallot) {
            (participant, name, organisation, choice) = (ballot.participant, ballot.name, ballot.organisation, ballot.choice)
        }
    }

    let poll: PollID
    let at: UTCInstant
    let text: String
    let choices: [PollAnswer.Choice]
    let takesSeveral: Bool
    let isAnonymous: Bool
    let state: Poll.State
    let ballots: Int
    /// One for each choice that somebody made; absent where the poll is anonymous, or not closed.
    let choicesMade: [Ballot]?

    init(_ poll: Poll, _ made: [NamedBallot]) {
        let isCounted = poll.showsVotes(toModerator: true)
        (self.poll, at, text) = (poll.id, poll.at, poll.text)
        choices = poll.choices.map { PollAnswer.Choice(text: $0.text, votes: isCounted ? $0.votes : nil) }
        (takesSeveral, isAnonymous, state, ballots) = (poll.takesSeveral, poll.isAnonymous, poll.state, poll.ballots)
        choicesMade = isCounted && !poll.isAnonymous ? made.map(Ballot.init(_:)) : nil
    }
}
