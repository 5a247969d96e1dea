import Time

/// `/{conference}/archive`: find a recording.
struct ArchivePage: Page {
    static let template = "archive"
    let conference: ConferenceSummary
    /// What the filter lets through, latest first.
    let recordings: [RecordingSummary]
    let filter: Filter
    /// The start of some recording on each day that has one.
    let days: [UTCInstant]
    let rooms: [RoomChoice]
    /// The last recording of this page, where more follow.
    let next: String?

    /// What the reader asked to see.
    struct Filter: Hashable, Sendable {
        let text: String?
        /// As `2021-06-16` in the conference's zone.
        let day: String?
        /// A room's id.
        let room: String?

        var isOn: Bool { text != nil || day != nil || room != nil }
    }

    struct RoomChoice: Hashable, Sendable {
        let id: String
        let name: String
    }

    func title(in words: Wording) -> String { words.phrases("archive.title") }

    func fields(in words: Wording) -> Fields {
        let words = words.at(conference.zone)
        return conference.fields(in: words).merging([
            "recordings": .list(of: recordings.map { $0.fields(in: words) }), "hasRecordings": .flag(!recordings.isEmpty),
            "query": .text(filter.text ?? ""), "filtered": .flag(filter.isOn), "dayChoices": .list(of: dayChoices(in: words)),
            "roomChoices": .list(of: roomChoices), "severalRooms": .flag(rooms.count > 1),
            "faulty": .text(faulty(words)), "nextPath": .text(next.map(nextPath)),
        ]) { _, own in own }
    }

    private func faulty(_ words: Wording) -> String? {
        let count = recordings.count { $0.state == .faulty }
        return count > 0 ? words.count("archive.faulty", count) : nil
    }

    private func nextPath(_ last: String) -> String {
        let asked = [("q", filter.text), ("day", filter.day), ("room", filter.room), ("after", last)]
        let parts = asked.compactMap { name, value in value.map { "\(name)=\(PageFrame.encoded($0))" } }
        return "\(conference.path)/archive?" + parts.joined(separator: "&")
    }

    private func dayChoices(in words: Wording) -> [Fields] {
        days.map { instant in
            let key = words.dayKey(instant)
            return ["value": .text(key), "label": .text(words.day(instant)), "chosen": .flag(key == filter.day)]
        }
    }

    private var roomChoices: [Fields] {
        rooms.map { ["value": .text($0.id), "label": .text($0.name), "chosen": .flag($0.id == filter.room)] }
    }
}
