/// `/me`: who I am here, and what I may do.
struct MePage: Page {
    static let template = "me"
    let name: String
    let mail: String
    let participations: [Participation]

    /// What this person is in one conference.
    struct Participation: Hashable, Sendable {
        let conference: String
        let path: String
        /// The code of the capacity; the catalogues name it.
        let capacity: String
        let delegation: String?
        let grants: [Grant]
    }

    struct Grant: Hashable, Sendable {
        /// Its code, for example `moderator`; the catalogues name it and say what it allows.
        let code: String
        /// The one room that it is for; nil for the whole conference.
        let room: String?
    }

    func title(in words: Wording) -> String { words.phrases("me.title") }

    func fields(in words: Wording) -> Fields {
        [
            "name": .text(name), "mail": .text(mail), "hasParticipations": .flag(!participations.isEmpty),
            "participations": .list(of: participations.map { $0.fields(in: words) }),
        ]
    }
}

extension MePage.Participation {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "conference": .text(conference), "path": .text(path), "delegation": .text(delegation),
            "capacity": .text(words.name(of: "capacity", capacity)),
            "grants": .list(
                of: grants.map { grant in
                    [
                        "grant": .text(words.name(of: "grant", grant.code)), "room": .text(grant.room),
                        "allows": .text(words.phrases.known("grant-allows.\(grant.code)")),
                    ]
                }),
        ]
    }
}
