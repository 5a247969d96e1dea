import Events
import FoundationEssentials
import Identifiers
import Time

extension Poll {
    /// What an event of it holds.
    var facts: String { Facts.text(Facts.NamedPoll(poll: id)) }
    /// What that tells everybody who hears of it: the votes only where the result is published.
    var words: String { Facts.text(Facts.PutPoll(self)) }
}

extension Facts {
    struct NamedPoll: Codable {
        let poll: PollID
    }

    fileprivate struct PutPoll: Encodable {
        struct Choice: Encodable {
            let text: String
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

        init(_ poll: Poll) {
            (self.poll, at, text) = (poll.id, poll.at, poll.text)
            (takesSeveral, isAnonymous, state, ballots) = (poll.takesSeveral, poll.isAnonymous, poll.state, poll.ballots)
            let showsVotes = poll.showsVotes(toModerator: false)
            choices = poll.choices.map { Choice(text: $0.text, votes: showsVotes ? $0.votes : nil) }
        }
    }
}

extension Facts.NamedPoll {
    init?(_ data: String) {
        guard let named = try? JSONDecoder().decode(Self.self, from: Data(data.utf8)) else { return nil }
        self = named
    }
}
