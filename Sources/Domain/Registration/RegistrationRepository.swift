package import Access
package import Identifiers
package import Time

/// What the domain needs kept of people, their sign-ins, and the keys of scripts and desks.
package protocol RegistrationRepository: Sendable {
    /// Adds a participant, and the person where the mail address is new; the same address in the same conference is an error.
    func add(_ participant: Participant) async throws
    /// All of them or, where one is an error, none.
    func add(_ participants: [Participant]) async throws
    func participants(in conference: ConferenceID) async throws -> [Participant]
    func participant(_ id: ParticipantID) async throws -> Participant?
    /// Revoked, a participant keeps their past and loses every right; their sign-ins stay.
    func revokeParticipant(_ id: ParticipantID, at instant: UTCInstant) async throws
    func person(_ id: PersonID) async throws -> Person?
    func person(mail: MailAddress) async throws -> Person?
    /// What a person holds in each conference; revoked participations left out.
    func participations(of person: PersonID) async throws -> [Participation]

    /// Older links of the same person become void.
    func add(_ link: SignInLink) async throws
    func link(digest: String) async throws -> SignInLink?
    /// Marks the link used; false where it was used already, so that one of two redeemers wins.
    func use(_ link: SignInLink, at instant: UTCInstant) async throws -> Bool
    func add(_ signIn: SignIn, digest: String) async throws
    func signIn(digest: String) async throws -> SignIn?
    /// By their beginning, the newest first; expired ones may be among them.
    func signIns(of person: PersonID) async throws -> [SignIn]
    func removeSignIn(_ id: SignInID) async throws

    func add(_ token: APIToken, digest: String) async throws
    func tokens(in conference: ConferenceID) async throws -> [APIToken]
    func token(digest: String) async throws -> APIToken?
    func noteUse(of id: TokenID, at instant: UTCInstant) async throws
    func revokeToken(_ id: TokenID, at instant: UTCInstant) async throws

    func add(_ key: StreamKey, digest: String) async throws
    func streamKeys(in room: RoomID) async throws -> [StreamKey]
    func streamKey(digest: String) async throws -> StreamKey?
    func revokeStreamKey(_ id: StreamKeyID, at instant: UTCInstant) async throws
}
