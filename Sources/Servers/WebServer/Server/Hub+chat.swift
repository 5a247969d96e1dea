import Access
import Discussion
import Events
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms

/// What is said in a session, from the API and from forms alike.
extension Hub {
    /// Who may read what is said in a session: whoever may be in it, and its moderators at any time.
    ///
    /// - Returns: whether it is one of these.
    func permitReading(_ identity: Identity, in state: Rooms.SessionState) throws(Refusal) -> Bool {
        let moderates = allows(identity, .conductSession, on: object(state))
        if !moderates { try permit(identity, .enterSession, on: object(state)) }
        return moderates
    }

    func post(_ text: String, in state: Rooms.SessionState, by identity: Identity) async throws -> ChatMessage {
        try permit(identity, .enterSession, on: object(state))
        guard state.phase != .ended else { throw Refusal.sessionEnded }
        let author = try await participant(identity, in: state.session.conference)
        return try await Self.taking { try await chat.post(text, in: state.session, by: author) }
    }

    func chatMessage(named name: String?, in session: SessionID) async throws -> ChatMessage {
        guard let id = name.flatMap(ChatMessageID.init), let message = try await chat.message(id), message.session == session
        else { throw Problem(.notFound, "There is no such message in this session.") }
        return message
    }

    /// Tells why something was not taken as a problem.
    static func taking<Value>(_ act: () async throws -> Value) async throws -> Value {
        do {
            return try await act()
        } catch let error as DiscussionError {
            throw Problem(error)
        }
    }
}

extension Problem {
    fileprivate init(_ error: DiscussionError) {
        switch error.code {
        case .closed: self.init(.conflict, error.message, next: "Wait until a moderator opens it.")
        case .full: self.init(.conflict, error.message, next: "Ask a moderator to clear it.")
        case .absent: self.init(.conflict, error.message, next: "Enter the session first.")
        case .untimely: self.init(.conflict, error.message)
        case .text: self.init(.impossible, error.message)
        case .pace(let wait):
            let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
            self.init(.tooManyRequests, error.message, headers: [.retryAfter: "\(seconds)"])
        }
    }
}
