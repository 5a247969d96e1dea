import Access

/// What each grant allows, held in the place that is asked about, where nothing in the object stands against it.
///
/// Written by hand from what the conference's people agree on, not from the code: `●` allowed, `·` refused. A grant or an action
/// without its line fails the test.
enum AccessTable {
    static let columns: [Grant] = [
        .participant, .moderator, .archivist, .producer, .interpreter, .captioner, .secretariat, .operator,
    ]

    static let text = """
                            par mod arc pro int cap sec ope
        seeProgramme        ●   ●   ●   ●   ●   ●   ●   ●
        changeProgramme     ·   ·   ·   ·   ·   ·   ●   ·
        enterSession        ●   ●   ●   ●   ●   ●   ●   ●
        watchSession        ●   ●   ●   ●   ●   ●   ●   ●
        seePeople           ●   ●   ●   ●   ●   ●   ●   ●
        removePeople        ·   ●   ·   ·   ·   ·   ●   ·
        conductSession      ·   ●   ·   ·   ·   ·   ●   ·
        seeRoom             ·   ●   ·   ●   ·   ·   ●   ●
        seeFeed             ·   ●   ·   ●   ·   ·   ●   ●
        manageStreamKeys    ·   ●   ·   ·   ·   ·   ●   ●
        manageTokens        ·   ●   ·   ·   ·   ·   ●   ●
        registerPeople      ·   ·   ·   ·   ·   ·   ●   ●
        followEvents        ●   ●   ●   ●   ●   ●   ●   ●
        seeRecordings       ·   ●   ●   ·   ·   ·   ●   ·
        downloadRecordings  ·   ●   ●   ·   ·   ·   ●   ·
        verifyRecordings    ·   ·   ●   ·   ·   ·   ·   ●
        deleteRecordings    ·   ·   ●   ·   ·   ·   ●   ·
        finishRecordings    ·   ·   ●   ·   ·   ·   ·   ●
        markChapters        ·   ●   ●   ·   ·   ·   ●   ·
        clipRecordings      ·   ●   ●   ·   ·   ·   ●   ·
        """

    static let lines = text.split(separator: "\n").dropFirst().map { $0.split(separator: " ").map(String.init) }

    /// The scope that lets a token do it; nil where no token can.
    static let scopes: [Action: Scope?] = [
        .seeProgramme: .sessionsRead,
        .changeProgramme: .programmeWrite,
        .enterSession: nil,
        .watchSession: nil,
        .seePeople: .sessionsRead,
        .removePeople: .sessionsModerate,
        .conductSession: .sessionsModerate,
        .seeRoom: .roomsRead,
        .seeFeed: .roomsRead,
        .manageStreamKeys: .streamKeys,
        .manageTokens: nil,
        .registerPeople: .participants,
        .followEvents: .events,
        .seeRecordings: .recordingsRead,
        .downloadRecordings: .recordingsRead,
        .verifyRecordings: .recordingsVerify,
        .deleteRecordings: .recordingsDelete,
        .finishRecordings: .recordingsDescribe,
        .markChapters: .recordingsDescribe,
        .clipRecordings: .recordingsDescribe,
    ]

    /// What everybody may, signed in or not, registered or not.
    static let open: Set<Action> = [.seeProgramme]
    /// What a participant whom a moderator has removed from a session loses in that session.
    static let lostByRemoval: Set<Action> = [.enterSession, .watchSession, .seePeople, .followEvents]
    /// What a participant who has to wait may not in that session.
    static let lostByWaiting: Set<Action> = [.enterSession, .watchSession, .seePeople]
    /// What waits until a recording's files are made.
    static let needFinishedFiles: Set<Action> = [.downloadRecordings, .clipRecordings]
    /// Who is let in before the doors open.
    static let early: Set<Grant> = [.moderator, .secretariat]

    /// What depends on where a session's doors are, and on whom it is for.
    static let entrances: Set<Action> = [.enterSession, .watchSession]
    /// Who is in a session because of their work, whomever it is for.
    static let atWork: Set<Grant> = [.moderator, .archivist, .producer, .interpreter, .captioner, .secretariat, .operator]

    /// Nil where the table has no cell.
    static func allows(_ grant: Grant, _ action: Action) -> Bool? {
        guard let column = columns.firstIndex(of: grant), let line = lines.first(where: { $0.first == action.rawValue }),
            line.indices.contains(column + 1)
        else { return nil }
        return line[column + 1] == "●"
    }
}
