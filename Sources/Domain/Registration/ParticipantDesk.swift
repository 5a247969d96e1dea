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
}
