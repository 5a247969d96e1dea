package import Identifiers
package import Time

/// Writes down who did what, and checks that nobody has changed it since.
package struct AuditLog: Sendable {
    /// Entries read at once.
    static let batch = 500

    private let repository: any AuditRepository
    private let clock: any WallClock

    package init(repository: any AuditRepository, clock: any WallClock) {
        self.repository = repository
        self.clock = clock
    }

    package func append(_ draft: AuditDraft) async throws {
        try await repository.append(draft, at: clock.now())
    }

    /// Computes the chain again, from the first entry to the last that was written when this was called.
    package func verify(_ conference: ConferenceID) async throws -> AuditVerification {
        let last = try await repository.lastAuditSequence(in: conference)
        var verifier = AuditVerifier()
        while verifier.fault == nil {
            let entries = try await entries(in: conference, after: verifier.checked, &verifier)
            if entries.isEmpty { break }
            for entry in entries { verifier.check(entry) }
        }
        verifier.finish(at: last)
        return verifier.result
    }

    /// Where entries cannot be read, the first of them is found and named.
    private func entries(
        in conference: ConferenceID, after sequence: Int64, _ verifier: inout AuditVerifier
    ) async throws -> [AuditEntry] {
        do {
            return try await repository.auditEntries(in: conference, after: sequence, limit: Self.batch)
        } catch {
            guard !Task.isCancelled else { throw error }
        }
        do {
            return try await repository.auditEntries(in: conference, after: sequence, limit: 1)
        } catch {
            verifier.failed()
            return []
        }
    }
}
