package import Discussion
package import Identifiers

extension ConferenceStore: ForumRepository {
    package func isOpen(_ forum: Forum, in session: SessionID) async throws(StoreError) -> Bool {
        try await read { connection throws(StoreError) in
            try connection.first("SELECT session FROM open_channel WHERE session = \(session) AND channel = \(forum)") { _ in true
            }
                ?? false
        }
    }

    package func setOpen(_ isOpen: Bool, _ forum: Forum, in session: SessionID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                isOpen
                    ? "INSERT INTO open_channel (session, channel) VALUES (\(session), \(forum)) ON CONFLICT DO NOTHING"
                    : "DELETE FROM open_channel WHERE session = \(session) AND channel = \(forum)")
        }
    }
}
