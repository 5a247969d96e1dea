import Access
import Identifiers
import Rooms
import Time

/// `/{conference}/removals`: whom moderators have kept out, and who has readmitted them.
struct RemovalsPage: Page {
    static let template = "removals"
    let conference: ConferenceSummary
    let id: ConferenceID
    /// The latest first.
    let lines: [Line]
    /// What the next page goes on behind; nil on the last.
    let next: Int?

    struct Line: Hashable, Sendable {
        let removal: Removal
        let title: String?
        let titleLanguage: String
        let mayReadmit: Bool

        init(_ removal: Removal, session title: (text: String, language: String)?, mayReadmit: Bool) {
            self.removal = removal
            self.title = title?.text
            titleLanguage = title?.language ?? ""
            self.mayReadmit = mayReadmit
        }
    }

    func title(in words: Wording) -> String { words.phrases("removals.title") }

    func fields(in words: Wording) -> Fields {
        let words = words.at(conference.zone)
        return conference.fields(in: words).merging([
            "conferenceID": .text(id.description), "lines": .list(of: lines.map { $0.fields(in: words) }),
            "isEmpty": .flag(lines.isEmpty), "nextPath": .text(next.map { "\(conference.path)/removals?after=\($0)" }),
        ]) { _, own in own }
    }
}

extension RemovalsPage.Line {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "number": .number(removal.number), "name": .text(removal.name),
            "organisation": .text(removal.organisation.isEmpty ? nil : removal.organisation),
            "extent": .text(words.phrases("people.extent.\(removal.extent.rawValue)")),
            "standing": .text(words.phrases(removal.readmission == nil ? "removals.stands" : "removals.lifted")),
            "stands": .flag(removal.readmission == nil), "instant": .text(removal.instant.text),
            "time": .text("\(words.date(removal.instant)), \(words.clock(removal.instant))"),
            "actor": .text(name(removal.actorName, words)), "reason": .text(removal.reason),
            "sessionPath": .text("/sessions/\(removal.session)"), "title": .text(title), "titleLang": .text(titleLanguage),
            "mayReadmit": .flag(mayReadmit), "readmission": .object(removal.readmission.map { fields(of: $0, words) }),
        ]
    }

    private func fields(of readmission: Readmission, _ words: Wording) -> Fields {
        [
            "instant": .text(readmission.instant.text),
            "time": .text("\(words.date(readmission.instant)), \(words.clock(readmission.instant))"),
            "actor": .text(name(readmission.actorName, words)),
        ]
    }

    /// Whoever has a shell on the server has no name.
    private func name(_ known: String?, _ words: Wording) -> String { known ?? words.phrases("removals.command-line") }
}
