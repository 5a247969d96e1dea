import Time

/// Where a session stands, as people are told.
enum SessionState: String, CaseIterable, Hashable, Sendable {
    case scheduled
    /// The room is open and nothing is shown yet.
    case open
    case live
    case ended
}

/// A session in a programme.
struct SessionSummary: Hashable, Sendable {
    let title: String
    /// `/sessions/session_0198…`
    let path: String
    let starts: UTCInstant
    let ends: UTCInstant
    let room: String
    /// The code of its format, for example `debate`; the catalogues name it.
    let format: String
    /// The codes of the audiences that it addresses, for example `library`; the catalogues name them.
    let audiences: [String]
    let state: SessionState

    func fields(in words: Wording) -> Fields {
        [
            "title": .text(title), "path": .text(path), "start": .text(starts.text), "end": .text(ends.text),
            "day": .text(words.day(starts)), "span": .text(words.span(starts, ends)),
            "clock": .text(words.clock(starts)), "until": .text(words.clock(ends)),
            "room": .text(room), "format": .text(words.name(of: "format", format)),
            "audiences": .list(audiences.map { .text(words.name(of: "audience", $0)) }),
            "stateCode": .text(state.rawValue), "state": .text(words.name(of: "state", state.rawValue)),
            "isLive": .flag(state == .live), "isOpen": .flag(state == .open), "isEnded": .flag(state == .ended),
        ]
    }
}
