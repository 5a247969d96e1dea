package import Access
package import Identifiers
package import Time

/// Registers people in conferences.
package struct ParticipantDesk: Sendable {
    private let repository: any RegistrationRepository
    private let clock: any WallClock

    package init(repository: any RegistrationRepository, clock: any WallClock) {
        self.repository = repository
        self.clock = clock
    }

    /// Registers whoever has this mail address: somebody known from another conference stays the same person.
    ///
    /// - Throws: `RegistrationError` for a name that is empty or too long; what the repository throws where the address is in
    ///   the conference already.
    package func register(
        _ name: String, mail: MailAddress, organisation: String, as capacity: Capacity, of audiences: Set<Audience> = [],
        in conference: ConferenceID, grants: [GrantInPlace]
    ) async throws -> Participant {
        try RegistrationError.check(name: name, "name")
        try RegistrationError.check(name: organisation, "organisation's name")
        let now = clock.now()
        let person = try await repository.person(mail: mail)?.id ?? PersonID(at: now)
        let participant = Participant(
            id: ParticipantID(at: now), person: person, conference: conference, name: name, mail: mail,
            organisation: organisation, capacity: capacity, audiences: audiences, grants: grants)
        try await repository.add(participant)
        return participant
    }

    /// A file of participants, held against those whom the conference has.
    ///
    /// - Throws: `RegistrationError` where nothing can be read from it.
    package func roster(csv: String, for conference: ConferenceID) async throws -> Roster {
        var roster = try Roster(csv: csv)
        roster.refuse(registered: Set(try await repository.participants(in: conference).map(\.mail)))
        return roster
    }

    /// Registers everybody whom a file lists and that is sound; all of them or, where one has come in between, nobody.
    package func register(_ roster: Roster, in conference: ConferenceID) async throws -> [Participant] {
        let now = clock.now()
        var participants: [Participant] = []
        for entry in roster.entries {
            let person = try await repository.person(mail: entry.mail)?.id ?? PersonID(at: now)
            participants.append(
                Participant(
                    id: ParticipantID(at: now), person: person, conference: conference, name: entry.name, mail: entry.mail,
                    organisation: entry.organisation, capacity: entry.capacity, audiences: entry.audiences,
                    grants: entry.grants.sorted { $0.rawValue < $1.rawValue }.map { GrantInPlace($0) }))
        }
        try await repository.add(participants)
        return participants
    }
}
