import Time

/// `/{conference}/programme`: what is on, when and for whom.
struct ProgrammePage: Page {
    static let template = "programme"
    let conference: ConferenceSummary
    /// The published version and when it was published; nil while there is only a draft.
    let version: Version?
    /// The sessions that the filter lets through, by their start.
    let sessions: [SessionSummary]
    let filter: ProgrammeFilter

    struct Version: Hashable, Sendable {
        let number: Int
        let published: UTCInstant
    }

    func title(in words: Wording) -> String { words.phrases("programme.title") }

    func fields(in words: Wording) -> Fields {
        let words = words.at(conference.zone)
        return conference.fields(in: words).merging([
            "version": .text(version.map { written($0, words) }), "unpublished": .flag(version == nil),
            "programmeDays": .list(of: days(in: words)), "hasSessions": .flag(!sessions.isEmpty),
            "filtered": .flag(!filter.isEmpty), "criteria": .list(of: filter.fields(in: words)),
        ]) { _, own in own }
    }

    private func written(_ version: Version, _ words: Wording) -> String {
        words.phrases(
            "programme.version", ["number": words.number(version.number), "date": words.date(version.published)])
    }

    private func days(in words: Wording) -> [Fields] {
        let groups = Dictionary(grouping: sessions) { words.dayKey($0.starts) }
        return groups.sorted { $0.key < $1.key }.map { key, sessions in
            [
                "key": .text(key), "name": .text(sessions.first.map { words.day($0.starts) }),
                "dayZone": .text(sessions.first.map { words.zoneName(at: $0.starts) }),
                "sessions": .list(of: sessions.map { $0.fields(in: words) }),
            ]
        }
    }
}
