import Time

/// `/me`: who I am here, and what I may do.
struct MePage: Page {
    static let template = "me"
    let name: String
    let mail: String
    let participations: [Participation]
    let others: [OtherSignIn]

    /// A sign-in of the same person in another browser.
    struct OtherSignIn: Hashable, Sendable {
        let id: String
        let since: UTCInstant
        let until: UTCInstant
    }

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
            "participations": .list(of: participations.map { $0.fields(in: words) }), "hasOthers": .flag(!others.isEmpty),
            "others": .list(of: others.map { $0.fields(in: words) }),
        ]
    }
}

extension MePage.OtherSignIn {
    fileprivate func fields(in words: Wording) -> Fields {
        let moment = { "\(words.date($0)), \(words.clock($0)) \(words.zoneName(at: $0))" }
        return ["id": .text(id), "since": .text(moment(since)), "until": .text(moment(until))]
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
