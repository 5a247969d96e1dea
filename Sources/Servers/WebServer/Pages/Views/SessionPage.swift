import Access
import Foundation
import Time

/// `/sessions/{id}`: what it is, when its doors open, whether I may enter, and if not why and what then.
struct SessionPage: Page {
    static let template = "session"
    let session: SessionSummary
    /// What it is about, in the language of its title; nil where the programme says nothing.
    let abstract: String?
    /// Who speaks, each as `Name, body`.
    let speakers: [String]
    let zone: TimeZone
    /// When the room opens, before the start.
    let doors: UTCInstant
    let isRecorded: Bool
    /// Whether those of other audiences may watch it.
    let letsOthersWatch: Bool
    let entry: Entry
    /// Why I may only watch; nil where I may enter, or neither.
    let onlooker: RefusalInWords?
    /// The address of the room's console, for who may moderate it.
    let console: String?

    enum Entry: Hashable, Sendable {
        case enter(path: String)
        /// I may enter once the doors open.
        case opensLater
        case signIn(path: String)
        /// I have to wait until a moderator lets me in.
        case lobby(path: String, WaitingReason)
        case refused(RefusalInWords)
        /// Over; with the address of its recording where I may see one.
        case ended(recording: String?)
    }

    func title(in words: Wording) -> String { session.title }

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        return session.fields(in: words).merging([
            "zone": .text(words.zoneName(at: session.starts)), "doors": .text(doors.text),
            "doorsClock": .text(words.clock(doors)),
            "length": .text(words.length(session.ends.since(session.starts))),
            "isRecorded": .flag(isRecorded), "abstract": .list(paragraphs.map { .text($0) }),
            "isClosedToOthers": .flag(!letsOthersWatch && !session.audiences.isEmpty),
            "speakers": .list(speakers.map { .text($0) }),
            "hasSpeakers": .flag(!speakers.isEmpty), "console": .text(console),
            "onlooker": onlooker.map { TemplateValue.object($0.fields) } ?? .flag(false),
        ]) { _, own in own }.merging(entryFields(words)) { _, own in own }
    }

    /// What an empty line parts.
    private var paragraphs: [String] {
        let lines = (abstract ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return lines.split { $0.allSatisfy(\.isWhitespace) }.map { $0.joined(separator: " ") }
    }

    private func entryFields(_ words: Wording) -> Fields {
        var fields: Fields = [
            "enterPath": .flag(false), "opensLater": .flag(false), "signInPath": .flag(false), "refusal": .flag(false),
            "lobby": .flag(false), "ended": .flag(false), "recordingPath": .flag(false),
        ]
        switch entry {
        case .enter(let path): fields["enterPath"] = .text(path)
        case .opensLater: fields["opensLater"] = .flag(true)
        case .signIn(let path): fields["signInPath"] = .text(path)
        case .lobby(let path, let reason):
            fields["lobby"] = .object([
                "lobbyPath": .text(path), "lobbyReason": .text(words.phrases("refusal.waiting-\(reason.rawValue).reason")),
            ])
        case .refused(let refusal): fields["refusal"] = .object(refusal.fields)
        case .ended(let recording): (fields["ended"], fields["recordingPath"]) = (.flag(true), .text(recording))
        }
        return fields
    }
}
