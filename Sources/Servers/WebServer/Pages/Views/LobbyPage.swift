import Access
import Foundation

/// `/sessions/{id}/live` for who has to wait: why, and that they come in by themselves.
struct LobbyPage: Page {
    static let template = "lobby"
    static let spokenByModules = ["lobby.", "problem."]
    /// `session_0198…`
    let id: String
    let session: SessionSummary
    let zone: TimeZone
    let reason: WaitingReason
    /// The participant who waits, so that the page knows its own admission.
    let participant: String

    func title(in words: Wording) -> String { session.title }

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        return session.fields(in: words).merging([
            "sessionID": .text(id), "participantID": .text(participant), "zone": .text(words.zoneName(at: session.starts)),
            "heading": .text(words.phrases("lobby.\(reason.rawValue)")), "room": .text(session.room),
            "arc": .object(SeatingArc(seats: 66).fields(taken: 0)),
        ]) { _, own in own }
    }
}
