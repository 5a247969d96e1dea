import Archive
import Events
import Identifiers
import Programme
import Rooms
import Store
import Time

/// What recordings take on the disk, and the end of those that need not be kept any longer.
extension Administration {
    func space() async throws -> AdministrationAnswer {
        let accounts = DiskAccounts(directory: hall.rooms, studio: hall.studio)
        var lines: [String] = []
        for conference in try await hall.store.conferences() {
            let forecast = try await accounts.forecast(for: conference.id)
            let budget = forecast.budget.map { " of \($0)" } ?? ""
            let free = forecast.free.map { "\($0)" } ?? "an unknown number of"
            lines.append(
                "\(conference.slug): \(forecast.used)\(budget) bytes used, \(free) free, \(forecast.expected) expected until the "
                    + "programme ends: \(forecast.fits ? "they fit" : "they do not fit")")
        }
        return .done(lines.isEmpty ? "There is no conference yet." : lines.joined(separator: "\n"))
    }

    func setBudget(_ bytes: Int64?, _ slug: String) async throws -> AdministrationAnswer {
        guard bytes ?? 0 >= 0 else { throw AdministrationError("A budget is 0 or more.") }
        try await hall.studio.setBudget(bytes, of: conference(slug).id, by: .commandLine)
        let budget = bytes.map { "may take \($0) bytes" } ?? "have no budget"
        return .done("The recordings of \(slug) \(budget).")
    }

    func retain(_ order: AdministrationRequest.Retention) async throws -> AdministrationAnswer {
        guard 0...36_500 ~= order.days else { throw AdministrationError("Recordings are kept for 0 to 36500 days.") }
        let conference = try await conference(order.conference).id
        let before = hall.clock.now().advanced(by: .seconds(-86_400 * order.days))
        let expired =
            order.isDryRun
            ? try await hall.studio.expired(before: before, in: conference)
            : try await hall.studio.deleteExpired(before: before, in: conference, reason: order.reason, by: .commandLine)
        if !order.isDryRun { try await hall.rooms.forget(expired) }
        return .done(Self.report(expired, isDryRun: order.isDryRun))
    }

    /// Every file, its bytes before its path below `recordings/`, and the sum.
    private static func report(_ expired: [ExpiredRecording], isDryRun: Bool) -> String {
        let lines = expired.flatMap { recording in recording.files.map { "\($0.bytes)  \(recording.id)/\($0.name)" } }
        let bytes = expired.reduce(0) { $0 + $1.bytes }
        let sum = "\(expired.count) recordings, \(lines.count) files, \(bytes) bytes"
        return (lines + [sum + (isDryRun ? " would be deleted." : " were deleted.")]).joined(separator: "\n")
    }
}
