import Access
import Discussion
import Events
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms

/// Whom moderators keep out, from the API and from forms alike.
extension Hub {
    func remove(
        _ participant: ParticipantID, from state: Rooms.SessionState, extent: RemovalExtent, reason: String, by identity: Identity
    ) async throws -> Removal {
        let actor = try actor(identity, .removePeople, on: object(state))
        if extent == .conference { try permit(identity, .removePeople, on: .conference(state.session.conference)) }
        try Self.check(reason: reason)
        guard let known = try await registration.participant(participant), known.conference == state.session.conference
        else { throw Problem(.notFound, "There is no such participant in this conference.") }
        let removal = try await rooms.remove(participant, from: state.session.id, extent: extent, reason: reason, by: actor)
        guard let removal else { throw Problem(.notFound, "There is no such session.") }
        try await hands.lower(participant, in: state.session.id)
        return removal
    }

    /// Lifts whatever keeps somebody out of a session; nothing happens where nothing does.
    func readmit(_ participant: ParticipantID, to state: Rooms.SessionState, by identity: Identity) async throws {
        try permit(identity, .removePeople, on: object(state))
        for removal in rooms.removals(of: participant, from: state.session.id) { try await readmit(removal, by: identity) }
    }

    func readmit(_ removal: Removal, by identity: Identity) async throws {
        let actor = try actor(identity, .removePeople, on: object(of: removal))
        try await Self.telling { try await rooms.readmit(removal, by: actor) }
    }

    /// Nobody readmits themselves.
    func mayReadmit(_ removal: Removal, _ identity: Identity) -> Bool {
        let own = identity.subject.participation(in: removal.conference)?.participant
        return removal.readmission == nil && own != removal.participant
            && allows(identity, .removePeople, on: object(of: removal))
    }

    /// What must be the asker's to moderate. Of a session that is no longer in the programme, that is the whole conference too.
    private func object(of removal: Removal) -> Object {
        let session = removal.extent == .session ? rooms.view(of: removal.session) : nil
        return session.map(Object.session) ?? .conference(removal.conference)
    }

    // MARK: - The ledger

    /// Whoever moderates any room sees all of it: up to `search.limit` lines, and the number of the last of them where more follow.
    func page(of search: RemovalSearch, for identity: Identity) async throws -> ([Removal], next: Int?) {
        try await permitSomewhere(identity, .removePeople, in: search.conference)
        var wider = search
        wider.limit += 1
        let found = try await repositories.rooms.removals(wider)
        let page = Array(found.prefix(search.limit))
        return (page, found.count > page.count ? page.last?.number : nil)
    }

    func removal(in parameters: Parameters, for identity: Identity) async throws -> Removal {
        let conference = try await conference(in: parameters)
        try await permitSomewhere(identity, .removePeople, in: conference.id)
        guard let number = parameters.get("removal", as: Int.self),
            let removal = try await repositories.rooms.removal(number, in: conference.id)
        else { throw Problem(.notFound, "There is no such line in the ledger of removals.") }
        return removal
    }
}
