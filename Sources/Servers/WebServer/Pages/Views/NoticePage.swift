import Foundation
import Time

/// Every page that says no, or not now: what happened, why, and what can be done.
struct NoticePage: Page {
    static let template = "notice"
    let kind: Kind
    /// Where the one button leads.
    let way: Way

    enum Kind: Hashable, Sendable {
        case notFound
        case refused(RefusalInWords)
        /// A moderator removed this participant from the session.
        case removed(reason: String)
        /// From all sessions of the conference.
        case banned(reason: String)
        case notYetOpen(doors: UTCInstant, zone: TimeZone)
        case ended
        case tooMany(wait: Duration)
        /// Something broke; the number finds it in the operator's log.
        case failed(reference: String?)
        /// A form's token did not fit: the page was open for too long, or was not ours.
        case staleForm
    }

    enum Way: Hashable, Sendable {
        case home
        case conference(path: String)
        case programme(path: String)
        case session(path: String)
        case recording(path: String)
        case signIn(path: String)
    }

    func title(in words: Wording) -> String { words.phrases("notice.\(key).title") }

    func fields(in words: Wording) -> Fields {
        [
            "kind": .text(key), "heading": .text(title(in: words)), "explanation": .text(explanation(words)),
            "quotedReason": .text(quotedReason), "nextStep": .text(nextStep(words)), "wayPath": .text(wayPath),
            "wayText": .text(words.phrases("notice.way.\(wayKey)")),
            "arc": .object(SeatingArc(seats: 66).fields(taken: 0)),
        ]
    }

    private var key: String {
        switch kind {
        case .notFound: "not-found"
        case .refused: "refused"
        case .removed: "removed"
        case .banned: "banned"
        case .notYetOpen: "not-yet-open"
        case .ended: "ended"
        case .tooMany: "too-many"
        case .failed: "failed"
        case .staleForm: "stale-form"
        }
    }

    private func explanation(_ words: Wording) -> String {
        switch kind {
        case .refused(let refusal): refusal.reason
        case .notYetOpen(let doors, let zone): opening(doors, words.at(zone))
        default: words.phrases("notice.\(key).text")
        }
    }

    private func opening(_ doors: UTCInstant, _ words: Wording) -> String {
        words.phrases(
            "notice.not-yet-open.text",
            ["day": words.day(doors), "time": words.clock(doors), "zone": words.zoneName(at: doors)])
    }

    private var quotedReason: String? {
        switch kind {
        case .removed(let reason), .banned(let reason): reason.isEmpty ? nil : reason
        default: nil
        }
    }

    private func nextStep(_ words: Wording) -> String? {
        switch kind {
        case .refused(let refusal): refusal.nextStep
        case .tooMany(let wait): words.phrases("notice.too-many.next", ["wait": words.length(wait)])
        case .failed(let reference?): words.phrases("notice.failed.reference", ["reference": reference])
        default: words.phrases.known("notice.\(key).next")
        }
    }

    private var wayKey: String {
        switch way {
        case .home: "home"
        case .conference: "conference"
        case .programme: "programme"
        case .session: "session"
        case .recording: "recording"
        case .signIn: "sign-in"
        }
    }

    private var wayPath: String {
        switch way {
        case .home: "/"
        case .conference(let path), .programme(let path), .session(let path), .recording(let path), .signIn(let path): path
        }
    }
}
