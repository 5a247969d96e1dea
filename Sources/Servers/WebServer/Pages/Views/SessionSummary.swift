import Programme
import Time

/// A session in a programme.
struct SessionSummary: Hashable, Sendable {
    let title: String
    /// The language that the title stands in, as a BCP 47 tag; it may be another than the page's.
    let titleLanguage: String
    /// `/sessions/session_0198…`
    let path: String
    let starts: UTCInstant
    let ends: UTCInstant
    /// Where it is held, as the address of a filter names it.
    let roomKey: String
    let room: String
    /// The code of its format, for example `debate`; the catalogues name it.
    let format: String
    /// The codes of the audiences that it addresses, for example `library`; the catalogues name them.
    let audiences: [String]
    /// In which it is held and interpreted, as BCP 47 tags, the floor's first.
    let languages: [String]
    let phase: SessionPhase

    func fields(in words: Wording) -> Fields {
        [
            "title": .text(title), "titleLang": .text(titleLanguage), "path": .text(path),
            "start": .text(starts.text), "end": .text(ends.text), "day": .text(words.day(starts)),
            "span": .text(words.span(starts, ends)),
            "clock": .text(words.clock(starts)), "until": .text(words.clock(ends)),
            "room": .text(room), "format": .text(words.name(of: "format", format)),
            "audiences": .list(audienceNames(in: words).map { .text($0) }),
            "languages": .text(languages.isEmpty ? nil : words.list(languages.map(words.name(ofLanguage:)))),
            "stateCode": .text(phase.rawValue), "state": .text(words.name(of: "state", phase.rawValue)),
            "isLive": .flag(phase == .running), "isEnded": .flag(phase == .ended),
        ]
    }

    private func audienceNames(in words: Wording) -> [String] {
        audiences.isEmpty ? [words.phrases("programme.everybody")] : audiences.map { words.name(of: "audience", $0) }
    }
}
