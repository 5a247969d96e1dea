package import Archive
package import Events
package import Identifiers
import Recording
import Synchronization
package import Time

/// A recording that is to go, and every file that goes with it.
package struct ExpiredRecording: Hashable, Sendable {
    package let id: RecordingID
    package let session: SessionID
    package let startedAt: UTCInstant
    package let files: [KeptFile]

    package var bytes: Int64 { files.reduce(0) { $0 + $1.bytes } }
}

/// Retention: what is older than it is to be kept is told first, and deleted when somebody says so.
extension RecordingStudio {
    /// What `deleteExpired` would delete: the recordings that ended before the instant, and the rest of deletions that a crash
    /// broke off.
    package func expired(before instant: UTCInstant, in conference: ConferenceID) async throws -> [ExpiredRecording] {
        let old = try await repository.recordings(in: conference).filter {
            !$0.isUnfinished && $0.endedAt ?? $0.startedAt < instant
        }
        let kept = old.map { (id: $0.id, session: $0.session, startedAt: $0.startedAt) }
        let buried = try await repository.tombstones(in: conference).map {
            (id: $0.id, session: $0.session, startedAt: $0.startedAt)
        }
        var expired = try kept.map { try self.expired($0.id, of: $0.session, $0.startedAt) }
        expired += try buried.map { try self.expired($0.id, of: $0.session, $0.startedAt) }.filter { !$0.files.isEmpty }
        return expired.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    }

    private func expired(_ id: RecordingID, of session: SessionID, _ start: UTCInstant) throws -> ExpiredRecording {
        let files = try folder(id).files().map { KeptFile(name: $0.name, bytes: $0.bytes) }
        return ExpiredRecording(id: id, session: session, startedAt: start, files: files)
    }

    /// Deletes what is expired, and says what that was. A tombstone and an entry of the audit log remain of each recording; they
    /// are written before its files go.
    package func deleteExpired(
        before instant: UTCInstant, in conference: ConferenceID, reason: String, by actor: AuditActor
    ) async throws -> [ExpiredRecording] {
        var deleted: [ExpiredRecording] = []
        for expired in try await expired(before: instant, in: conference) where workshop.hands.take(expired.id) {
            defer { workshop.hands.putDown(expired.id) }
            if let recording = try await repository.recording(expired.id) {
                // Somebody has had it finished again meanwhile.
                guard !recording.isUnfinished else { continue }
                try await bury(recording, expired.files, reason, actor)
            }
            try folder(expired.id).remove()
            await replays.forget(expired.session)
            deleted.append(expired)
        }
        return deleted
    }

    /// How many bytes the recordings of a conference may take; nil for as many as there is room for.
    package func setBudget(_ bytes: Int64?, of conference: ConferenceID, by actor: AuditActor) async throws {
        try await ledger.record(
            AuditDraft(
                .recordingBudgetSet, conference: conference, actor: actor, objects: [conference.description],
                details: Facts.text(Facts.Budget(bytes: bytes))))
        try await repository.setBudget(bytes, of: conference)
    }

    private func bury(
        _ recording: ArchivedRecording, _ files: [KeptFile], _ reason: String, _ actor: AuditActor
    ) async throws {
        try await ledger.record(
            AuditDraft(
                .recordingDeleted, conference: recording.conference, actor: actor,
                objects: [recording.id.description, recording.session.description],
                details: Facts.text(Facts.Reason(reason: reason))))
        try await repository.bury(
            RecordingTombstone(
                id: recording.id, session: recording.session, conference: recording.conference, room: recording.room,
                startedAt: recording.startedAt, deletedAt: clock.now(), actor: actor.id, reason: reason, files: files))
        await tell(.recordingDeleted, recording)
    }
}

extension RoomDirectory {
    /// Sessions of which no recording is left cannot be seen again.
    package func forget(_ deleted: [ExpiredRecording]) async throws {
        for session in Set(deleted.map(\.session)) where try await repositories.recordings.recordings(of: session).isEmpty {
            state.withLock { $0.sessions[session]?.kept = nil }
        }
    }
}
