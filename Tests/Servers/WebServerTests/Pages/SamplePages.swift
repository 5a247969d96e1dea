import Access
import Discussion
import Events
import Foundation
import Identifiers
import Registration
import Rooms
import Time

@testable import WebServer

/// Pages as a conference would fill them, for every test that looks at what comes out.
enum SamplePages {
    static let zone = TimeZone(identifier: "Europe/Zurich") ?? .gmt
    static let longName =
        "Her Excellency Dr Maria-Theodora Papadopoulou-Wolfeschlegelsteinhausenbergerdorff of the House of Representatives"

    static func at(_ text: String) -> UTCInstant {
        UTCInstant(text) ?? UTCInstant(microseconds: 0)
    }

    static func session(
        _ title: String, _ start: String, _ end: String, _ phase: SessionPhaseName, format: String = "debate",
        audiences: [String] = ["members", "library-and-research"], room: String = "Main hall",
        languages: [String] = ["en", "fr", "ar"]
    ) -> SessionSummary {
        SessionSummary(
            title: title, titleLanguage: "en", path: "/sessions/session_0198f3c2-0000-7000-8000-000000000001",
            starts: at(start), ends: at(end), roomKey: room.lowercased().replacing(" ", with: "-"),
            room: room, format: format, audiences: audiences, languages: languages, phase: phase.phase)
    }

    static let live = session(
        "Opening debate: leadership of the digital parliament", "2021-06-16T12:00:00Z", "2021-06-16T13:30:00Z", .running)
    static let near = session(
        "Good practice in opening committees to the public", "2021-06-16T14:00:00Z", "2021-06-16T15:00:00Z", .doorsOpen,
        format: "good-practice", audiences: ["communications", "public-engagement", "social-media"])
    static let later = session(
        "Drafting a practical guide: records that last", "2021-06-17T08:30:00Z", "2021-06-17T10:00:00Z", .planned,
        format: "drafting", audiences: ["library-and-research", "information-technology", "websites"], room: "Room B",
        languages: ["en"])
    static let past = session(
        "Presentation of the World e-Parliament Report", "2021-06-16T08:00:00Z", "2021-06-16T09:30:00Z", .ended)

    static let conference = ConferenceSummary(
        title: "9th World e-Parliament Conference", path: "/wepc-2021", starts: at("2021-06-16T07:00:00Z"),
        ends: at("2021-06-18T16:00:00Z"), zone: zone, live: [live])
    static let quietConference = ConferenceSummary(
        title: "10th World e-Parliament Conference", path: "/wepc-2023", starts: at("2023-10-16T07:00:00Z"),
        ends: at("2023-10-18T16:00:00Z"), zone: TimeZone(identifier: "America/Guyana") ?? .gmt, live: [])

    static let people = [
        person(1, "Amina Diallo", "member", "National Assembly of Senegal"),
        person(2, "Jean-Baptiste O'Connor", "head-of-delegation", "Houses of the Oireachtas"),
        person(3, "ليلى حداد", "adviser", "مجلس النواب"),
        person(4, longName, "observer", "Inter-Parliamentary Assembly of Nations of the Commonwealth of Independent States"),
        person(5, "山田 太郎", "staff", "国立国会図書館"),
    ]

    static func person(_ number: Int, _ name: String, _ capacity: String, _ body: String?, removed: String? = nil) -> PersonInRoom
    {
        PersonInRoom(
            participant: "participant_0198f3c2-0000-7000-8000-00000000000\(number)", name: name, capacity: capacity,
            delegation: body, removal: removed.map { Exclusion(from: .conference, reason: $0) })
    }

    static func room(moderated: Bool) -> PeopleInRoom {
        PeopleInRoom(
            present: people,
            removed: moderated
                ? [person(6, "Bob Example", "expert", nil, removed: "Shared the link with others <b>twice</b>")] : [],
            expected: 48,
            organisations: moderated
                ? [.init(organisation: "", present: 1, registered: 2), .init(organisation: longName, present: 0, registered: 12)]
                : [],
            may: moderated ? .all : .none)
    }

    static let recorder = RecorderState(
        code: "failing", bytes: 1_412_000_000, length: .seconds(4512), exposure: .seconds(2), free: 3_100_000_000, gaps: 2,
        alarms: ["overrun", "space-low"])

    static func chat(moderated: Bool) -> ChatInRoom {
        let names = ["Adaeze Nwosu", longName, "<script>alert(1)</script>"]
        let texts = ["Good morning from Arendal.", "شكرا لكم على الكلمة، وأهلا بكم جميعا", "<b>not bold</b> & \"quoted\""]
        let messages = zip(names, texts).enumerated().map { place, words in
            ChatInRoom.Message(
                id: "chatmessage_0198f3c2-0000-7000-8000-00000000000\(place)", name: words.0,
                organisation: "Parliament of Arendal", at: at("2021-06-16T12:2\(place):00Z"), text: words.1,
                isHidden: moderated && place == 2)
        }
        return ChatInRoom(messages: messages, forum: .init(forum: "chat", isOpen: true, mayModerate: moderated))
    }

    static func announcements(moderated: Bool) -> AnnouncementsInRoom {
        let conference = ConferenceID(at: live.starts)
        let texts = ["The vote is at three o’clock.", "تبدأ الجلسة المقبلة في الساعة الثالثة", "<b>Doors</b> & \"exits\""]
        let announcements = texts.enumerated().map { place, text in
            Announcement(
                id: AnnouncementID(at: live.starts), conference: conference,
                session: place == 0 ? nil : SessionID(at: live.starts), actor: .commandLine, at: live.starts, text: text)
        }
        return AnnouncementsInRoom(
            announcements: announcements, conference: conference, mayAnnounce: moderated, mayAnnounceEverywhere: moderated)
    }

    static func questions(moderated: Bool) -> QuestionsInRoom {
        let standings = moderated ? ["approved", "waiting", "answered"] : ["approved", "approved", "answered"]
        let texts = ["Who keeps the recordings in twenty years?", "متى تبدأ الجلسة المقبلة؟", "<b>Why</b> \"now\" & not later?"]
        let rows = zip(standings, texts).enumerated().map { place, words in
            QuestionsInRoom.Row(
                id: "question_0198f3c2-0000-7000-8000-00000000000\(place)",
                isOwn: place == 0, name: place == 1 ? longName : "Adaeze Nwosu",
                organisation: "Parliament of Arendal", at: at("2021-06-16T12:2\(place):00Z"), text: words.1, standing: words.0,
                votes: 12 - place * 5, hasOwnVote: place == 0)
        }
        return QuestionsInRoom(questions: rows, forum: .init(forum: "questions", isOpen: true, mayModerate: moderated))
    }

    static func polls(moderated: Bool) -> PollsInRoom {
        let choices = ["Every month", "كل ثلاثة أشهر", "<b>Never</b> & \"nowhere\""]
        let states = moderated ? ["draft", "open", "closed", "published"] : ["open", "published"]
        let rows = states.enumerated().map { place, state in
            PollsInRoom.Row(
                id: "poll_0198f3c2-0000-7000-8000-00000000000\(place)",
                text: place == 1 ? "كم مرة ينبغي أن نجتمع؟" : "How often should we meet?",
                choices: choices.enumerated().map { number, text in
                    .init(
                        text: text, votes: state == "published" || state == "closed" ? 12 - number * 5 : nil, isOwn: number == 0)
                }, takesSeveral: place == 1, isAnonymous: place == 2, state: state, ballots: 21, hasOwnBallot: true, isTaken: true
            )
        }
        return PollsInRoom(polls: rows, forum: .init(forum: "polls", isOpen: true, mayModerate: moderated))
    }

    static func hands(moderated: Bool) -> HandsInRoom {
        let names = ["Adaeze Nwosu", longName, "مجلس النواب"]
        let line = names.enumerated().map { place, name in
            HandsInRoom.Row(
                participant: "participant_0198f3c2-0000-7000-8000-00000000000\(place)", name: name,
                organisation: "Parliament of Arendal", at: at("2021-06-16T12:2\(place):00Z"), isCalled: place == 0)
        }
        return HandsInRoom(
            line: moderated ? line : [], own: moderated ? .down : .called,
            forum: .init(forum: "hands", isOpen: true, mayModerate: moderated))
    }

    static var entrance: EntranceInRoom {
        var entrance = Entrance()
        (entrance.hasLobby, entrance.passes) = (true, EntryRule(capacities: [.interpreter], organisations: ["Senate & <House>"]))
        return EntranceInRoom(entrance: entrance, waiting: [people[2], people[3]])
    }

    static func lobbyPage(_ reason: WaitingReason) -> LobbyPage {
        LobbyPage(
            id: "session_0198f3c2-0000-7000-8000-000000000001", session: live, zone: zone, reason: reason,
            participant: "participant_0198f3c2-0000-7000-8000-000000000001")
    }

    static func livePage(moderated: Bool) -> LivePage {
        LivePage(
            id: "session_0198f3c2-0000-7000-8000-000000000001", session: live, zone: zone, isRecorded: true, recorder: recorder,
            participant: "participant_0198f3c2-0000-7000-8000-000000000001", people: room(moderated: moderated),
            chat: chat(moderated: moderated), questions: questions(moderated: moderated),
            polls: polls(moderated: moderated), hands: hands(moderated: moderated),
            announcements: announcements(moderated: moderated), onlooker: nil,
            console: moderated ? "/rooms/room_0198f3c2-0000-7000-8000-000000000001/moderate" : nil)
    }

    static func sessionPage(
        _ session: SessionSummary, _ entry: SessionPage.Entry, onlooker: RefusalInWords? = nil
    ) -> SessionPage {
        SessionPage(
            session: session,
            abstract:
                "How do speakers, secretaries general and their staff lead a parliament that works, speaks and listens online?",
            speakers: ["Adaeze Nwosu, Parliament of Arendal", longName], zone: zone,
            doors: session.starts.advanced(by: .seconds(-900)), isRecorded: true, letsOthersWatch: false, entry: entry,
            onlooker: onlooker,
            console: nil)
    }

    static func recording(_ title: String, _ state: RecordingSummary.State, length: Duration?) -> RecordingSummary {
        RecordingSummary(
            title: title, path: "/recordings/recording_0198f3c2-0000-7000-8000-000000000001",
            poster: nil, starts: at("2021-06-16T08:00:00Z"), room: "Main hall",
            speakers: ["Adaeze Nwosu, Parliament of Arendal", "طارق منصور, مجلس النواب"], length: length, state: state)
    }

    static let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

    static func file(_ name: String, _ kind: String, _ bytes: Int64, _ length: Duration = .zero) -> RecordingPage.File {
        .init(
            name: name, kind: kind, path: "/api/v1/recordings/recording_0198f3c2-0000-7000-8000-000000000001/files/\(name)",
            bytes: bytes, sha256: digest, length: length)
    }

    static let files = [
        file("recording.mp4", "movie", 1_482_000_000, .seconds(5412)), file("chapters.vtt", "chapters", 412),
        file("checksums.sha256", "proof", 1310), file("picture-1.mp4", "track", 1_390_000_000, .seconds(5412)),
        file("sound-1.mp4", "track", 91_000_000, .seconds(5412)), file("thumbnails.vtt", "thumbnails", 30_000),
    ]

    static let chapters = RecordingPage.Chapters(
        areInFiles: false,
        marks: [
            .init(id: "mark_0198f3c2-0000-7000-8000-000000000001", place: "0:12:04", title: "The budget"),
            .init(id: "mark_0198f3c2-0000-7000-8000-000000000002", place: "1:02:03.500", title: longName),
        ],
        placed: [
            .init(file: "recording.mp4", start: .zero, title: "Presentation of the World e-Parliament Report"),
            .init(file: "recording.mp4", start: .seconds(724), title: "The budget"),
            .init(file: "recording.mp4", start: .milliseconds(3_723_500), title: longName),
        ])

    static let clips: [RecordingPage.Clip] = [
        clip(1, "The budget, briefly", .ready(path: "/api/v1/recordings/recording_0/clips/clip_1/file", bytes: 31_000_000)),
        clip(2, nil, .making(0.4)), clip(3, longName, .making(nil)),
        clip(4, "Opening words", .failed("The recording has no picture or sound between these instants.")),
    ]

    private static func clip(_ number: Int, _ title: String?, _ state: RecordingPage.Clip.State) -> RecordingPage.Clip {
        .init(
            id: "clip_0198f3c2-0000-7000-8000-00000000000\(number)", title: title, from: .seconds(724),
            until: .milliseconds(844_500), state: state)
    }

    static func recordingPage(
        _ recording: RecordingSummary, files: [RecordingPage.File] = [], chapters: RecordingPage.Chapters? = nil,
        clips: [RecordingPage.Clip] = [], gaps: [RecordingPage.Gap] = [], losses: [RecordingPage.Loss] = [], note: String? = nil,
        verification: RecordingPage.Verification? = nil, isBeingVerified: Bool = false, mayEverything: Bool = false
    ) -> RecordingPage {
        RecordingPage(
            recording: recording, id: "recording_0198f3c2-0000-7000-8000-000000000001", zone: zone,
            now: at("2021-06-18T08:12:00Z"), abstract: "What parliaments of 114 countries say of their digital work.",
            files: files, begins: at("2021-06-16T08:00:00Z"),
            chapters: chapters ?? .init(areInFiles: true, marks: [], placed: []), clips: clips, gaps: gaps, losses: losses,
            note: note,
            verification: verification, isBeingVerified: isBeingVerified,
            may: .init(mark: mayEverything, finish: mayEverything, verify: mayEverything, clip: mayEverything),
            sessionPath: past.path)
    }

    static let recordingPage = recordingPage(
        recording(past.title, .ready, length: .seconds(5412)), files: files, chapters: chapters, clips: clips,
        gaps: [
            .init(offset: .seconds(1930), length: .seconds(11)),
            .init(offset: .seconds(2000), length: .seconds(60), isPause: true),
        ],
        losses: [.init(at: at("2021-06-16T08:47:12Z"), length: .seconds(1))],
        verification: .init(at: at("2021-06-18T06:12:00Z"), files: 14, faults: []), mayEverything: true)

    static let moderatePage = ModeratePage(
        room: "Main hall", roomID: "room_0198f3c2-0000-7000-8000-000000000001", zone: zone,
        current: .init(
            id: "session_0198f3c2-0000-7000-8000-000000000001", session: live, isRecorded: true, recorder: recorder,
            entrance: entrance, announcements: announcements(moderated: true)),
        feed: .flowing(
            .init(
                since: at("2021-06-16T11:52:00Z"), bitsPerSecond: 2_640_000, lastKeyFrame: .seconds(1), picture: "1280 × 720")),
        people: room(moderated: true), chat: chat(moderated: true), questions: questions(moderated: true),
        hands: hands(moderated: true), polls: polls(moderated: true),
        log: [
            .init(
                number: 5, at: at("2021-06-16T12:21:44Z"), kind: "participant.removed",
                detail: "Bob Example · Shared the link with others"),
            .init(number: 4, at: at("2021-06-16T12:11:09Z"), kind: "feed.resumed", detail: nil),
            .init(number: 3, at: at("2021-06-16T12:10:58Z"), kind: "feed.interrupted", detail: nil),
            .init(number: 2, at: at("2021-06-16T12:00:00Z"), kind: "recording.started", detail: nil),
            .init(number: 1, at: at("2021-06-16T12:00:00Z"), kind: "session.live", detail: nil),
        ])
}

/// The phases by short names, so that the samples read like a programme.
enum SessionPhaseName {
    case planned, doorsOpen, running, ended
}
