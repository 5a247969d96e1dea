package import Events
package import Logging

/// Where the rooms write down what happened and who did it.
///
/// What cannot be written is logged as an error and does not stop the room: a full disk must not end a session.
package struct RoomLedger: Sendable {
    let events: EventHub
    let audit: AuditLog
    let logger: Logger

    package init(events: EventHub, audit: AuditLog, logger: Logger) {
        self.events = events
        self.audit = audit
        self.logger = logger
    }

    func tell(_ draft: EventDraft) async {
        do {
            _ = try await events.publish(draft)
        } catch {
            logger.error("an event could not be stored", metadata: ["kind": "\(draft.kind.rawValue)", "error": "\(error)"])
        }
    }

    /// Acts must be on record before they are carried out: this one throws.
    func record(_ draft: AuditDraft) async throws {
        try await audit.append(draft)
    }
}
