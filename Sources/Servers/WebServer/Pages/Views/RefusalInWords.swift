import Access
import Foundation
import Time

/// Why something may not be done, and what may be done instead; in the reader's words.
struct RefusalInWords: Hashable, Sendable {
    let reason: String
    let nextStep: String

    var fields: Fields { ["reason": .text(reason), "nextStep": .text(nextStep)] }
}

extension RefusalInWords {
    /// What the access function decided, said in the zone of the conference.
    init(_ refusal: Refusal, in words: Wording) {
        let arguments = refusal.arguments(in: words)
        reason = words.phrases("refusal.\(refusal.code).reason", arguments)
        nextStep = words.phrases("refusal.\(refusal.code).next", arguments)
    }
}

extension Refusal {
    fileprivate func arguments(in words: Wording) -> [String: String] {
        switch self {
        case .doorsClosed(let doors):
            ["day": words.day(doors), "time": words.clock(doors), "zone": words.zoneName(at: doors)]
        case .notGranted(let action):
            ["grants": words.list(action.grants.map { words.name(of: "grant", $0.rawValue) }.sorted())]
        case .otherAudience(let audiences):
            ["audiences": words.list(audiences.map { words.name(of: "audience", $0.rawValue) }.sorted())]
        case .scopeNeeded(let scope): ["scope": scope.rawValue]
        case .removed(let reason), .banned(let reason): ["reason": reason]
        case .signInNeeded, .notRegistered, .personNeeded, .sessionEnded, .waiting, .recordingNotReady: [:]
        }
    }
}
