import Time

/// `/{conference}/archive`: find a recording.
struct ArchivePage: Page {
    static let template = "archive"
    let conference: ConferenceSummary
    /// What the filter lets through, latest first.
    let recordings: [RecordingSummary]
    /// The text asked for.
    let query: String?
    /// The day asked for, as `2021-06-16` in the conference's zone.
    let day: String?
    /// The start of some recording on each day that has one.
    let days: [UTCInstant]

    func title(in words: Wording) -> String { words.phrases("archive.title") }

    func fields(in words: Wording) -> Fields {
        let words = words.at(conference.zone)
        return conference.fields(in: words).merging([
            "recordings": .list(of: recordings.map { $0.fields(in: words) }), "hasRecordings": .flag(!recordings.isEmpty),
            "found": .text(words.count("archive.found", recordings.count)), "query": .text(query ?? ""),
            "filtered": .flag(query != nil || day != nil), "dayChoices": .list(of: dayChoices(in: words)),
        ]) { _, own in own }
    }

    private func dayChoices(in words: Wording) -> [Fields] {
        days.map { instant in
            let key = words.dayKey(instant)
            return ["value": .text(key), "label": .text(words.day(instant)), "chosen": .flag(key == day)]
        }
    }
}
