package import Identifiers

/// What the domain needs kept of conferences and programmes.
package protocol ProgrammeRepository: Sendable {
    func conferences() async throws -> [Conference]
    func conference(_ id: ConferenceID) async throws -> Conference?
    func conference(slug: String) async throws -> Conference?
    func rooms(in conference: ConferenceID) async throws -> [Room]
    func room(_ id: RoomID) async throws -> Room?
    /// The newest published version; nil while there is none.
    func publishedVersion(in conference: ConferenceID) async throws -> ProgrammeVersion?
    /// All of them, by number.
    func versions(in conference: ConferenceID) async throws -> [ProgrammeVersion]
    /// The YAML text of a draft; nil where there is no draft of this number.
    func draft(_ number: Int, in conference: ConferenceID) async throws -> String?
    /// The sessions of the newest published version, by start.
    func sessions(in conference: ConferenceID) async throws -> [Session]
    /// As the newest published version has it.
    func session(_ id: SessionID) async throws -> Session?

    func add(_ conference: Conference, rooms: [Room]) async throws
    /// Changes the conference's title, time zone, start and end.
    func update(_ conference: Conference) async throws
    /// Adds the next version of a conference's programme with these sessions.
    func publish(_ sessions: [Session], in conference: ConferenceID) async throws -> ProgrammeVersion
    /// The ids of all sessions that any version has or had, by key.
    func sessionKeys(in conference: ConferenceID) async throws -> [String: SessionID]
    /// Keeps a plan's YAML text as the next version, which nobody sees in the programme.
    func addDraft(_ yaml: String, in conference: ConferenceID) async throws -> ProgrammeVersion
    /// Makes or changes the conference and its rooms, in this order, and publishes the sessions as its next version.
    ///
    /// - Parameter draft: the number of the draft that becomes this version; nil for a new one.
    /// - Parameter version: the published version that must stand, 0 for none; nil for any.
    /// - Returns: nil where another stands, and nothing is changed.
    func publish(
        _ conference: Conference, rooms: [Room], sessions: [Session], after version: Int?, draft: Int?
    ) async throws -> ProgrammeVersion?

    func overrides(in conference: ConferenceID) async throws -> [SessionID: SessionOverride]
    /// Nil goes back to the clock.
    func setOverride(_ override: SessionOverride?, of session: SessionID) async throws
}
