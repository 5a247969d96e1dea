import Events

/// A way of taking part in a session beyond watching it. Each is closed until a moderator opens it.
package enum Forum: String, CaseIterable, Hashable, Sendable {
    case chat, questions, hands, polls
}

extension Forum {
    /// What is told when moderators open, close and clear it.
    var told: (opened: EventKind, closed: EventKind, cleared: EventKind) {
        switch self {
        case .chat: (.chatOpened, .chatClosed, .chatCleared)
        case .questions: (.questionsOpened, .questionsClosed, .questionsCleared)
        case .hands: (.handsOpened, .handsClosed, .handsCleared)
        case .polls: (.pollsOpened, .pollsClosed, .pollsCleared)
        }
    }

    /// What goes on record when they do, and when they take all of it away with them.
    var recorded: (opened: AuditKind, closed: AuditKind, cleared: AuditKind, exported: AuditKind) {
        switch self {
        case .chat: (.chatOpened, .chatClosed, .chatCleared, .chatExported)
        case .questions: (.questionsOpened, .questionsClosed, .questionsCleared, .questionsExported)
        case .hands: (.handsOpened, .handsClosed, .handsCleared, .handsExported)
        case .polls: (.pollsOpened, .pollsClosed, .pollsCleared, .pollsExported)
        }
    }
}

/// What participants do in the forums.
enum ForumAct: Hashable, Sendable {
    case post, ask, vote, raise, answer

    var forum: Forum {
        switch self {
        case .post: .chat
        case .ask, .vote: .questions
        case .raise: .hands
        case .answer: .polls
        }
    }

    /// How fast one participant may do it, and all of a session together.
    var rates: (each: Pace.Rate, all: Pace.Rate) {
        switch self {
        case .post: (Pace.Rate(burst: 5, interval: .seconds(2)), Pace.Rate(burst: 60, interval: .milliseconds(50)))
        case .ask: (Pace.Rate(burst: 3, interval: .seconds(20)), Pace.Rate(burst: 60, interval: .milliseconds(200)))
        case .vote: (Pace.Rate(burst: 20, interval: .seconds(1)), Pace.Rate(burst: 2000, interval: .milliseconds(2)))
        case .raise: (Pace.Rate(burst: 4, interval: .seconds(5)), Pace.Rate(burst: 200, interval: .milliseconds(20)))
        case .answer: (Pace.Rate(burst: 10, interval: .seconds(1)), Pace.Rate(burst: 2000, interval: .milliseconds(2)))
        }
    }
}
