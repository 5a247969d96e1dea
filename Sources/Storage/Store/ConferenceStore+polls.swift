package import Discussion
package import Identifiers
import Time

extension ConferenceStore: PollRepository {
    package func add(_ poll: Poll) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO poll (id, session, conference, instant, text, takes_several, is_anonymous, state, ballots)
                VALUES (\(poll.id), \(poll.place.session), \(poll.place.conference), \(poll.at), \(poll.text),
                    \(poll.takesSeveral), \(poll.isAnonymous), \(poll.state), 0)
                """)
            for (place, choice) in poll.choices.enumerated() {
                try connection.run(
                    "INSERT INTO poll_choice (poll, place, text, votes) VALUES (\(poll.id), \(place), \(choice.text), 0)")
            }
        }
    }

    package func poll(_ id: PollID, for reader: ParticipantID?) async throws(StoreError) -> Poll? {
        try await read { connection throws(StoreError) in
            try connection.polls("WHERE poll.id = \(id)", for: reader).first
        }
    }

    package func polls(in session: SessionID, for reader: ParticipantID?) async throws(StoreError) -> [Poll] {
        try await read { connection throws(StoreError) in
            try connection.polls("WHERE poll.session = \(session)", for: reader)
        }
    }

    package func pollCount(in session: SessionID) async throws(StoreError) -> Int {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT count(*) AS polls FROM poll WHERE session = \(session)") {
                record throws(StoreError) in try record.value("polls", as: Int.self)
            } ?? 0
        }
    }

    package func setState(_ state: Poll.State, of poll: PollID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("UPDATE poll SET state = \(state) WHERE id = \(poll)")
        }
    }

    package func cast(
        _ choices: Set<Int>, in poll: PollID, by participant: ParticipantID
    ) async throws(StoreError) -> BallotOutcome {
        try await write { connection throws(StoreError) in
            guard let known = try connection.polls("WHERE poll.id = \(poll)", for: participant).first, known.state == .open
            else { return .pollNotOpen }
            if known.hasOwnBallot, known.isAnonymous { return .castBefore }
            return .taken(ballots: try connection.cast(choices, in: known, by: participant))
        }
    }

    package func namedBallots(of poll: PollID) async throws(StoreError) -> [NamedBallot] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT participant.id, participant.name, participant.organisation, poll_ballot.place
                FROM poll_ballot JOIN participant ON participant.id = poll_ballot.participant
                WHERE poll_ballot.poll = \(poll) ORDER BY participant.name, participant.id, poll_ballot.place
                """, NamedBallot.init)
        }
    }

    package func delete(_ poll: PollID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM poll WHERE id = \(poll)")
        }
    }

    package func deletePolls(in session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM poll WHERE session = \(session)")
        }
    }
}

extension Connection {
    /// Writes a ballot down, in the place of an earlier one: that somebody has voted, how often each choice was made, and, only where the poll
    /// is not anonymous, who made which.
    ///
    /// - Returns: the number of ballots.
    fileprivate func cast(
        _ choices: Set<Int>, in poll: Poll, by participant: ParticipantID
    ) throws(StoreError) -> Int {
        try run(
            """
            INSERT INTO poll_voter (poll, participant, conference) VALUES (\(poll.id), \(participant), \(poll.place.conference))
            ON CONFLICT (poll, participant) DO NOTHING
            """)
        for place in poll.ownChoices.subtracting(choices) { try count(-1, place, of: poll.id) }
        for place in choices.subtracting(poll.ownChoices) { try count(1, place, of: poll.id) }
        if !poll.isAnonymous {
            try run("DELETE FROM poll_ballot WHERE poll = \(poll.id) AND participant = \(participant)")
            for place in choices {
                try run("INSERT INTO poll_ballot (poll, participant, place) VALUES (\(poll.id), \(participant), \(place))")
            }
        }
        let ballots = poll.ballots + (poll.hasOwnBallot ? 0 : 1)
        try run("UPDATE poll SET ballots = \(ballots) WHERE id = \(poll.id)")
        return ballots
    }

    private func count(_ difference: Int, _ place: Int, of poll: PollID) throws(StoreError) {
        try run("UPDATE poll_choice SET votes = votes + \(difference) WHERE poll = \(poll) AND place = \(place)")
    }

    /// In the order in which they were drafted, with their choices.
    fileprivate func polls(_ condition: Query, for reader: ParticipantID?) throws(StoreError) -> [Poll] {
        var polls = try all("\(part: Poll.selection(for: reader)) \(part: condition) ORDER BY poll.id", Poll.init)
        for index in polls.indices {
            let id = polls[index].id
            polls[index].choices = try all(
                "SELECT text, votes FROM poll_choice WHERE poll = \(id) ORDER BY place", Poll.Choice.init)
            polls[index].ownChoices = Set(
                try all("SELECT place FROM poll_ballot WHERE poll = \(id) AND participant = \(reader)") {
                    record throws(StoreError) in try record.value("place", as: Int.self)
                })
        }
        return polls
    }
}

extension Poll {
    fileprivate static func selection(for reader: ParticipantID?) -> Query {
        """
        SELECT poll.id, poll.session, poll.conference, poll.instant, poll.text, poll.takes_several, poll.is_anonymous, poll.state,
            poll.ballots,
            EXISTS (
                SELECT 1 FROM poll_voter WHERE poll_voter.poll = poll.id AND poll_voter.participant = \(reader)
            ) AS has_own_ballot
        FROM poll
        """
    }

    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"),
            place: Place(session: try record.value("session"), conference: try record.value("conference")),
            at: try record.value("instant"), text: try record.value("text"), choices: [],
            takesSeveral: try record.value("takes_several"), isAnonymous: try record.value("is_anonymous"),
            state: try record.value("state"), ballots: try record.value("ballots"),
            hasOwnBallot: try record.value("has_own_ballot"))
    }
}

extension Poll.Choice {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(text: try record.value("text"), votes: try record.value("votes"))
    }
}

extension NamedBallot {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            participant: try record.value("id"), name: try record.value("name"), organisation: try record.value("organisation"),
            choice: try record.value("place"))
    }
}
