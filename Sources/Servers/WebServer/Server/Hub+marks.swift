import Archive
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// What moderators and archivists mark, from the API and from forms alike.
extension Hub {
    func mark(
        _ title: String, at instant: UTCInstant?, in state: Rooms.SessionState, by actor: AuditActor
    ) async throws -> Mark {
        let title = try Self.checked(title: title)
        guard
            let mark = try await marks.set(
                title, at: instant, in: state.session.id, of: state.session.conference, by: actor)
        else { throw Problem(.conflict, "The session has \(Mark.most) marks already.") }
        return mark
    }

    /// Nil leaves as it is.
    func change(_ mark: Mark, title: String?, at instant: UTCInstant?, by actor: AuditActor) async throws -> Mark {
        var changed = mark
        if let title { changed.title = try Self.checked(title: title) }
        if let instant { changed.at = instant }
        try await marks.change(changed, by: actor)
        return changed
    }

    func mark(in parameters: Parameters, of session: SessionID) async throws -> Mark {
        guard let id = parameters.get("mark", as: MarkID.self), let mark = try await recordings.mark(id), mark.session == session
        else { throw Problem(.notFound, "There is no such mark in this session.") }
        return mark
    }

    static func checked(title: String) throws(Problem) -> String {
        let line = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty, line.utf8.count <= Mark.longestTitle
        else { throw Problem(.impossible, "A title of 1 to \(Mark.longestTitle) bytes is needed.") }
        return line
    }
}
