/// A forum of a session, and what moderators may do with it as a whole.
struct ForumInRoom: Hashable, Sendable {
    /// `chat`; the catalogues have its words below this.
    let forum: String
    let isOpen: Bool
    let mayModerate: Bool

    /// One where no session is.
    static func none(_ forum: String) -> ForumInRoom {
        ForumInRoom(forum: forum, isOpen: false, mayModerate: false)
    }

    func fields(in words: Wording) -> Fields {
        [
            "forum": .text(forum), "isForumOpen": .flag(isOpen), "mayModerateForum": .flag(mayModerate),
            "wordsToOpen": .text(words.phrases("\(forum).open")), "wordsToClose": .text(words.phrases("\(forum).close")),
            "wordsToClear": .text(words.phrases("\(forum).clear")), "clearHint": .text(words.phrases("\(forum).clear-hint")),
        ]
    }
}
