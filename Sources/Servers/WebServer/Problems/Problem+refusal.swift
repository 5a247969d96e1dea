import Access
import HTTPTypes
import Time

extension Problem {
    /// A refusal of the access function in words, with the headers of RFC 6750 §3 where credentials are what lacks.
    init(_ refusal: Access.Refusal) {
        switch refusal {
        case .signInNeeded: self.init(.signInNeeded, headers: [.wwwAuthenticate: Bearer.challenge()])
        case .notRegistered: self.init(.notRegistered)
        case .notGranted(let action): self.init(.notGranted, "This needs \(Self.list(action.grants)).")
        case .scopeNeeded(let scope):
            self.init(
                .scopeNeeded, "The token lacks the scope \(scope.rawValue).",
                headers: [.wwwAuthenticate: Bearer.challenge(error: "insufficient_scope", scope: scope.rawValue)])
        case .personNeeded: self.init(.personNeeded)
        case .doorsClosed(let until): self.init(.doorsClosed, "The doors open at \(until.text).", until: until)
        case .sessionEnded: self.init(.sessionEnded)
        case .removed(let reason): self.init(.removed, "A moderator has removed you from this session: \(reason)")
        case .recordingNotReady: self.init(.recordingNotReady)
        }
    }

    /// `the grant moderator or secretariat`
    private static func list(_ grants: Set<Grant>) -> String {
        "the grant " + grants.map(\.rawValue).sorted().joined(separator: " or ")
    }
}
