import Foundation
import Time

/// `/sessions/{id}/live`: the live session in its room.
struct LivePage: Page {
    static let template = "live"
    static let spokenByModules =
        [
            "player.", "people.", "chat.", "questions.", "hands.", "polls.", "announcements.", "forum.", "problem.", "capacity.",
            "state.",
            "refusal.",
        ]
        + RecorderState.spoken
    /// `session_0198…`
    let id: String
    let session: SessionSummary
    let zone: TimeZone
    let isRecorded: Bool
    let recorder: RecorderState
    /// The participant who reads this, so that the page knows its own removal.
    let participant: String
    let people: PeopleInRoom
    /// Nil for who only watches, as all that is said.
    let chat: ChatInRoom?
    let questions: QuestionsInRoom?
    let polls: PollsInRoom?
    let hands: HandsInRoom?
    let announcements: AnnouncementsInRoom
    /// Why I only watch; nil where I am in the room.
    let onlooker: RefusalInWords?
    /// The address of the room's console, for who may moderate it.
    let console: String?

    func title(in words: Wording) -> String { session.title }

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        let own: Fields = [
            "sessionID": .text(id), "participantID": .text(participant), "zone": .text(words.zoneName(at: session.starts)),
            "isRecorded": .flag(isRecorded), "console": .text(console), "room": .text(session.room),
            "onlooker": onlooker.map { TemplateValue.object($0.fields) } ?? .flag(false),
        ]
        return own.merging(session.fields(in: words)) { own, _ in own }
            .merging(recorder.fields(in: words)) { own, _ in own }.merging(people.fields(in: words)) { own, _ in own }
            .merging(chat?.fields(in: words) ?? [:]) { own, _ in own }
            .merging(questions?.fields(in: words) ?? [:]) { own, _ in own }
            .merging(hands?.fields(in: words) ?? [:]) { own, _ in own }
            .merging(polls?.fields(in: words) ?? [:]) { own, _ in own }
            .merging(announcements.fields(in: words)) { own, _ in own }
    }
}
