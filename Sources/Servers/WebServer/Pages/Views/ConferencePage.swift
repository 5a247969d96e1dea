/// `/{conference}`: when it is, and what is on now.
struct ConferencePage: Page {
    static let template = "conference"
    let conference: ConferenceSummary
    /// The next sessions to begin, in order.
    let next: [SessionSummary]
    /// How many people are in its rooms now.
    let present: Int

    func title(in words: Wording) -> String { conference.title }

    func fields(in words: Wording) -> Fields {
        conference.fields(in: words).merging([
            "next": .list(of: next.map { $0.fields(in: words) }), "hasNext": .flag(!next.isEmpty),
            "present": .text(present > 0 ? words.count("people.present", present) : nil),
            "arc": .object(SeatingArc(seats: 150).fields(taken: min(present, 150))),
        ]) { _, own in own }
    }
}
