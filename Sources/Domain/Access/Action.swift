/// Everything that anybody may ask the hub for. `decide` has an answer for each.
package enum Action: String, CaseIterable, Hashable, Sendable {
    case seeProgramme
    case changeProgramme
    /// Be in it, and take part.
    case enterSession
    /// See and hear it, without being in it.
    case watchSession
    case seePeople
    case removePeople
    case conductSession
    case seeRoom
    case seeFeed
    case manageStreamKeys
    case manageTokens
    case registerPeople
    case followEvents
    case seeRecordings
    case downloadRecordings
    case verifyRecordings
    case deleteRecordings
    case finishRecordings
    case markChapters
    case clipRecordings

    /// Who may, by grant; empty where everybody may.
    package var grants: Set<Grant> {
        switch self {
        case .seeProgramme: []
        case .changeProgramme: [.secretariat]
        case .registerPeople: [.secretariat, .operator]
        case .enterSession, .watchSession, .seePeople, .followEvents: Set(Grant.allCases)
        case .removePeople, .conductSession: [.moderator, .secretariat]
        case .seeRoom: [.moderator, .secretariat, .operator, .producer]
        case .seeFeed: [.moderator, .secretariat, .operator, .producer]
        case .manageStreamKeys, .manageTokens: [.moderator, .secretariat, .operator]
        case .seeRecordings, .downloadRecordings, .clipRecordings: [.archivist, .moderator, .secretariat]
        case .verifyRecordings, .finishRecordings: [.archivist, .operator]
        case .deleteRecordings: [.archivist, .secretariat]
        case .markChapters: [.moderator, .archivist, .secretariat]
        }
    }

    /// The scope that a token for scripts must carry; nil where only a person may. A token manages no tokens, so that one in wrong hands
    /// cannot outlive its revocation.
    package var scope: Scope? {
        switch self {
        case .enterSession, .watchSession, .manageTokens: nil
        case .seeProgramme, .seePeople: .sessionsRead
        case .changeProgramme: .programmeWrite
        case .registerPeople: .participants
        case .removePeople, .conductSession: .sessionsModerate
        case .seeRoom, .seeFeed: .roomsRead
        case .manageStreamKeys: .streamKeys
        case .followEvents: .events
        case .seeRecordings, .downloadRecordings: .recordingsRead
        case .verifyRecordings: .recordingsVerify
        case .deleteRecordings: .recordingsDelete
        case .finishRecordings, .markChapters, .clipRecordings: .recordingsDescribe
        }
    }
}

/// What a token for scripts may be used for.
package enum Scope: String, CaseIterable, Codable, Hashable, Sendable {
    case programmeWrite = "programme:write"
    /// Register people, see their mail addresses, and withdraw them.
    case participants
    case sessionsRead = "sessions:read"
    case sessionsModerate = "sessions:moderate"
    case roomsRead = "rooms:read"
    case streamKeys = "stream-keys"
    case events
    case recordingsRead = "recordings:read"
    case recordingsVerify = "recordings:verify"
    case recordingsDelete = "recordings:delete"
    /// Set chapters, have files made anew with them, and cut clips.
    case recordingsDescribe = "recordings:describe"

    /// What a token that has it may do.
    package var actions: [Action] { Action.allCases.filter { $0.scope == self } }
}
