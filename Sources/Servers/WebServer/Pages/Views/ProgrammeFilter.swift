/// What the reader asked to see of a programme, and what may be asked for.
struct ProgrammeFilter: Hashable, Sendable {
    /// A way to choose; its name stands in the address.
    enum Criterion: String, CaseIterable, Hashable, Sendable {
        case day
        case room
        case format
        case audience
        case language
    }

    struct Choice: Hashable, Sendable {
        /// As it stands in the address.
        let value: String
        let label: String
    }

    let choices: [Criterion: [Choice]]
    let chosen: [Criterion: String]

    /// Only what there is can be asked for; anything else is no filter.
    ///
    /// - Parameter words: in the conference's zone: a day is one of its own days.
    init(_ sessions: [SessionSummary], in words: Wording, asked: (Criterion) -> String?) {
        let choices = Criterion.allCases.map { ($0, $0.choices(among: sessions, in: words)) }
        self.choices = Dictionary(uniqueKeysWithValues: choices)
        let chosen = choices.compactMap { criterion, choices in
            asked(criterion).flatMap { value in choices.contains { $0.value == value } ? (criterion, value) : nil }
        }
        self.chosen = Dictionary(uniqueKeysWithValues: chosen)
    }

    var isEmpty: Bool { chosen.isEmpty }

    func admits(_ session: SessionSummary, in words: Wording) -> Bool {
        chosen.allSatisfy { $0.values(of: session, in: words).contains($1) }
    }

    /// Where there is nothing to choose, nothing is offered.
    func fields(in words: Wording) -> [Fields] {
        Criterion.allCases.filter { choices[$0, default: []].count > 1 || chosen[$0] != nil }.map { criterion in
            [
                "criterion": .text(criterion.rawValue), "criterionName": .text(words.phrases("programme.\(criterion.rawValue)")),
                "every": .text(words.phrases("programme.every-\(criterion.rawValue)")),
                "choices": .list(
                    of: choices[criterion, default: []].map {
                        [
                            "value": .text($0.value), "label": .text($0.label),
                            "chosen": .flag($0.value == chosen[criterion]),
                        ]
                    }),
            ]
        }
    }
}

extension ProgrammeFilter.Criterion {
    fileprivate func values(of session: SessionSummary, in words: Wording) -> [String] {
        switch self {
        case .day: [words.dayKey(session.starts)]
        case .room: [session.roomKey]
        case .format: [session.format]
        case .audience: session.audiences
        case .language: session.languages
        }
    }

    private func label(of value: String, from session: SessionSummary, in words: Wording) -> String {
        switch self {
        case .day: words.day(session.starts)
        case .room: session.room
        case .format, .audience: words.name(of: rawValue, value)
        case .language: words.name(ofLanguage: value)
        }
    }

    /// Days and rooms as the programme has them, the others by their names.
    fileprivate func choices(among sessions: [SessionSummary], in words: Wording) -> [ProgrammeFilter.Choice] {
        var (seen, found) = (Set<String>(), [ProgrammeFilter.Choice]())
        for session in sessions {
            for value in values(of: session, in: words) where seen.insert(value).inserted {
                found.append(ProgrammeFilter.Choice(value: value, label: label(of: value, from: session, in: words)))
            }
        }
        return self == .day || self == .room ? found : found.sorted { ($0.label, $0.value) < ($1.label, $1.value) }
    }
}
