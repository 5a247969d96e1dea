import Events
import Identifiers
import Programme
import Registration
import Rooms

/// How moderators let people in, from the API and from forms alike.
extension Hub {
    /// People who are admitted at once, at most.
    static let mostAdmitted = 1000
    /// Seats of one session, at most.
    private static let mostSeats = 100_000
    /// Bytes of UTF-8 in the name of an organisation.
    private static let longestOrganisation = 500

    func setEntrance(_ entrance: Entrance, of state: Rooms.SessionState, by actor: AuditActor) async throws {
        let organisations = entrance.passes.organisations
        guard organisations.count <= EntryRule.mostOrganisations,
            organisations.allSatisfy({ 1...Self.longestOrganisation ~= $0.utf8.count })
        else {
            throw Problem(
                .invalidRequest,
                "A rule has at most \(EntryRule.mostOrganisations) organisations of 1 to \(Self.longestOrganisation) bytes each.")
        }
        guard entrance.seats.map({ 1...Self.mostSeats ~= $0 }) ?? true
        else { throw Problem(.invalidRequest, "A session has 1 to \(Self.mostSeats) seats, or 0 for as many as come.") }
        try await rooms.setEntrance(entrance, of: state.session.id, by: actor)
    }

    func admit(_ participants: [ParticipantID], to state: Rooms.SessionState, by actor: AuditActor) async throws {
        guard participants.count <= Self.mostAdmitted
        else { throw Problem(.invalidRequest, "At most \(Self.mostAdmitted) people are admitted at once.") }
        for participant in participants {
            guard try await registration.participant(participant)?.conference == state.session.conference
            else { throw Problem(.notFound, "There is no participant \(participant) in this conference.") }
        }
        try await rooms.admit(participants, to: state.session.id, by: actor)
    }

    /// Everybody who waits now.
    func admitAll(to state: Rooms.SessionState, by actor: AuditActor) async throws -> [ParticipantID] {
        let waiting = rooms.waiting(for: state.session.id).map(\.participant)
        try await rooms.admit(waiting, to: state.session.id, by: actor)
        return waiting
    }
}
