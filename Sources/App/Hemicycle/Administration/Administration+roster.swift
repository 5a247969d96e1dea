import Events
import Programme
import Registration

extension Administration {
    /// Faults that are told, at most.
    private static let mostFaults = 100

    func importParticipants(_ order: AdministrationRequest.Import) async throws -> AdministrationAnswer {
        let conference = try await conference(order.conference)
        let roster = try await hall.desks.participants.roster(csv: order.csv, for: conference.id)
        let (sound, faulty) = (roster.entries.count, roster.faults.count)
        if order.isPreview { return .done(told(roster, "\(sound) would be registered, \(faulty) rows have faults.")) }
        guard sound > 0, faulty == 0 || order.isPartial else {
            let help = sound == 0 ? "" : " Mend them, or register the other \(sound) with --partial."
            return .failed(told(roster, "Nobody was registered. \(faulty) rows have faults.\(help)"))
        }
        try await record(.participantsImported, in: conference.id, ["\(sound)"])
        let registered = try await hall.desks.participants.register(roster, in: conference.id)
        for participant in registered { hall.desks.signIn.forget(participant.person) }
        return .done(told(roster, "\(registered.count) registered\(faulty == 0 ? "" : ", \(faulty) rows left out")."))
    }

    private func told(_ roster: Roster, _ outcome: String) -> String {
        var lines = roster.faults.prefix(Self.mostFaults).map(\.description)
        if roster.faults.count > Self.mostFaults { lines.append("… and \(roster.faults.count - Self.mostFaults) more.") }
        if !roster.unusedColumns.isEmpty {
            lines.append("Not read: \(roster.unusedColumns.map { "“\($0)”" }.joined(separator: ", ")).")
        }
        return (lines + [outcome]).joined(separator: "\n")
    }
}
