/// `/`: the conferences of this server.
struct ConferencesPage: Page {
    static let template = "conferences"
    let conferences: [ConferenceSummary]

    func title(in words: Wording) -> String { words.phrases("conferences.title") }

    func fields(in words: Wording) -> Fields {
        [
            "conferences": .list(of: conferences.map { $0.fields(in: words) }),
            "arc": .object(SeatingArc(seats: 150).fields(taken: 0)),
        ]
    }
}
