import Access
import HTTPTypes
import Time

extension Problem {
    /// A refusal of the access function in words, with the headers of RFC 6750 §3 where credentials are what lacks.
    init(_ refusal: Refusal, place: Int? = nil) {
        self.init(refusal.kind, refusal.detail, refusal: refusal, headers: refusal.headers)
        self.place = place
    }
}

extension Refusal {
    fileprivate var kind: ProblemKind {
        switch self {
        case .signInNeeded: .signInNeeded
        case .notRegistered: .notRegistered
        case .notGranted: .notGranted
        case .scopeNeeded: .scopeNeeded
        case .personNeeded: .personNeeded
        case .otherAudience: .otherAudience
        case .doorsClosed: .doorsClosed
        case .sessionEnded: .sessionEnded
        case .removed: .removed
        case .banned: .banned
        case .waiting(.lobby): .waitingLobby
        case .waiting(.locked): .waitingLocked
        case .waiting(.full): .waitingFull
        case .recordingNotReady: .recordingNotReady
        }
    }

    /// Nil where the title says all.
    fileprivate var detail: String? {
        switch self {
        case .notGranted(let action):
            "This needs the grant \(action.grants.map(\.rawValue).sorted().joined(separator: " or "))."
        case .scopeNeeded(let scope): "The token lacks the scope \(scope.rawValue)."
        case .otherAudience(let audiences): "It is for: \(audiences.map(\.rawValue).sorted().joined(separator: ", "))."
        case .doorsClosed(let until): "The doors open at \(until.text)."
        case .removed(let reason): "A moderator has removed you from this session: \(reason)"
        case .banned(let reason): "A moderator has removed you from all sessions of this conference: \(reason)"
        case .signInNeeded, .notRegistered, .personNeeded, .sessionEnded, .waiting, .recordingNotReady: nil
        }
    }

    /// After how many seconds somebody who waits should ask again, to stay in the line.
    private static let patience = "10"

    fileprivate var headers: HTTPFields {
        switch self {
        case .waiting: [.retryAfter: Self.patience]
        case .signInNeeded: [.wwwAuthenticate: Bearer.challenge()]
        case .scopeNeeded(let scope): [.wwwAuthenticate: Bearer.challenge(error: "insufficient_scope", scope: scope.rawValue)]
        default: [:]
        }
    }
}
