import Foundation
import Time

/// A conference in a list and at the head of its own pages.
struct ConferenceSummary: Hashable, Sendable {
    let title: String
    /// `/wepc-2021`
    let path: String
    let starts: UTCInstant
    let ends: UTCInstant
    let zone: TimeZone
    /// What is on at this moment.
    let live: [SessionSummary]

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        return [
            "conferenceTitle": .text(title), "conferencePath": .text(path), "days": .text(words.days(starts, ends)),
            "starts": .text(starts.text), "zone": .text(words.zoneName(at: starts)),
            "live": .list(of: live.map { $0.fields(in: words) }), "hasLive": .flag(!live.isEmpty),
        ]
    }
}
