import Foundation
import Programme
import Time

/// `/rooms/{id}/moderate`: one room in depth.
struct ModeratePage: Page {
    static let template = "moderate"
    static let spokenByModules =
        [
            "people.", "chat.", "questions.", "hands.", "polls.", "announcements.", "forum.", "problem.", "capacity.", "state.",
            "feed.",
            "log.", "entrance.",
        ]
        + RecorderState.spoken
    let room: String
    /// `room_0198…`
    let roomID: String
    let zone: TimeZone
    /// The session that the room holds now or next; nil where its programme is over.
    let current: Current?
    let feed: Feed
    let people: PeopleInRoom
    let chat: ChatInRoom
    let questions: QuestionsInRoom
    let hands: HandsInRoom
    let polls: PollsInRoom
    /// The latest first.
    let log: [LogEntry]

    struct Current: Hashable, Sendable {
        /// `session_0198…`
        let id: String
        let session: SessionSummary
        let isRecorded: Bool
        let recorder: RecorderState
        let entrance: EntranceInRoom
        let announcements: AnnouncementsInRoom
    }

    /// What the production desk sends.
    enum Feed: Hashable, Sendable {
        case absent
        /// `quiet` is how long nothing has come.
        case interrupted(quiet: Duration)
        case flowing(Health)

        struct Health: Hashable, Sendable {
            let since: UTCInstant
            let bitsPerSecond: Int64
            /// How long ago the last key frame came.
            let lastKeyFrame: Duration
            /// `1280 × 720`
            let picture: String?
        }
    }

    struct LogEntry: Hashable, Sendable {
        /// Its number in the conference's sequence.
        let number: Int64
        let at: UTCInstant
        /// The kind of event, for example `feed.interrupted`; the catalogues name it.
        let kind: String
        /// Who or what it is about, and why; nil where the kind says all.
        let detail: String?
    }

    func title(in words: Wording) -> String { words.phrases("room.title", ["room": room]) }

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        let own: Fields = [
            "room": .text(room), "roomID": .text(roomID), "current": .object(current.map { $0.fields(in: words) }),
            "log": .list(of: log.map { $0.fields(in: words) }), "hasLog": .flag(!log.isEmpty),
            "blankEntry": .object(LogEntry.blank), "zoneID": .text(zone.identifier),
        ]
        return own.merging(feed.fields(in: words)) { own, _ in own }.merging(people.fields(in: words)) { own, _ in own }
            .merging(chat.fields(in: words)) { own, _ in own }.merging(questions.fields(in: words)) { own, _ in own }
            .merging(hands.fields(in: words)) { own, _ in own }.merging(polls.fields(in: words)) { own, _ in own }
    }
}

extension ModeratePage.Current {
    fileprivate func fields(in words: Wording) -> Fields {
        session.fields(in: words).merging([
            "sessionID": .text(id), "isRecorded": .flag(isRecorded), "zone": .text(words.zoneName(at: session.starts)),
            "mayOpen": .flag(session.phase != .running),
            "mayClose": .flag(session.phase == .running || session.phase == .doorsOpen),
            "mayPause": .flag(!["off", "paused"].contains(recorder.code)), "mayResume": .flag(recorder.code == "paused"),
        ]) { _, own in own }.merging(recorder.fields(in: words)) { own, _ in own }
            .merging(entrance.fields(in: words)) { own, _ in own }
            .merging(announcements.fields(in: words)) { own, _ in own }
    }
}

extension ModeratePage.Feed {
    fileprivate func fields(in words: Wording) -> Fields {
        var fields: Fields = [
            "feedCode": .text("absent"), "feedState": .text(words.phrases("feed.absent")), "feedDetail": .flag(false),
            "feedRate": .flag(false), "feedKey": .flag(false), "feedPicture": .flag(false), "feedSince": .flag(false),
        ]
        switch self {
        case .absent: break
        case .interrupted(let quiet):
            fields["feedCode"] = .text("interrupted")
            fields["feedState"] = .text(words.phrases("feed.interrupted"))
            fields["feedDetail"] = .text(words.phrases("feed.quiet", ["length": words.length(quiet)]))
        case .flowing(let health):
            fields["feedCode"] = .text("flowing")
            fields["feedState"] = .text(words.phrases("feed.flowing"))
            fields.merge(health.fields(in: words)) { _, own in own }
        }
        return fields
    }
}

extension ModeratePage.Feed.Health {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "feedRate": .text(words.rate(bitsPerSecond)), "feedPicture": .text(picture),
            "feedKey": .text(words.phrases("feed.ago", ["length": words.length(lastKeyFrame)])),
            "feedSince": .text(words.clock(since)),
        ]
    }
}

extension ModeratePage.LogEntry {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "number": .number(number), "instant": .text(at.text), "time": .text(words.exactClock(at)),
            "event": .text(words.name(of: "log", kind)), "eventKind": .text(kind), "eventDetail": .text(detail),
        ]
    }

    fileprivate static let blank: Fields = [
        "number": .text(""), "instant": .text(""), "time": .text(""), "event": .text(""), "eventKind": .text(""),
        "eventDetail": .text(""),
    ]
}
