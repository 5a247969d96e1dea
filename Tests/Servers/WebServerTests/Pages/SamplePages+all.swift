import Access
import Events
import Foundation
import Identifiers
import Programme
import Registration
import Rooms
import Time

@testable import WebServer

extension SessionPhaseName {
    var phase: SessionPhase {
        switch self {
        case .planned: .planned
        case .doorsOpen: .doorsOpen
        case .running: .running
        case .ended: .ended
        }
    }
}

extension SamplePages {
    /// Every page in every state that a reader may meet, by a name for pictures of it.
    static let all: [(name: String, page: any Page, signedIn: Bool)] =
        publicPages + sessionPages + archivePages + personalPages + notices

    private static func filter(_ asked: [ProgrammeFilter.Criterion: String] = [:]) -> ProgrammeFilter {
        let phrases = Phrases(language: .english, sentences: [:])
        return ProgrammeFilter([past, live, near, later], in: Wording(phrases: phrases, zone: zone)) { asked[$0] }
    }

    private static var publicPages: [(name: String, page: any Page, signedIn: Bool)] {
        [
            ("conferences", ConferencesPage(conferences: [conference, quietConference]), false),
            ("conferences-empty", ConferencesPage(conferences: []), false),
            ("conference", ConferencePage(conference: conference, next: [near, later], present: 37), true),
            ("conference-quiet", ConferencePage(conference: quietConference, next: [], present: 0), false),
            (
                "programme",
                ProgrammePage(
                    conference: conference, version: .init(number: 3, published: at("2021-06-02T09:00:00Z")),
                    sessions: [past, live, near, later], filter: filter()), true
            ),
            (
                "programme-empty",
                ProgrammePage(
                    conference: conference, version: .init(number: 3, published: at("2021-06-02T09:00:00Z")), sessions: [],
                    filter: filter([.audience: "websites", .day: "2021-06-16"])), true
            ),
            (
                "programme-draft",
                ProgrammePage(
                    conference: quietConference, version: nil, sessions: [],
                    filter: filter()), false
            ),
            ("reference", ReferencePage(reference: reference), false),
            (
                "licences",
                LicencesPage(components: [
                    .init(name: "hls.js", version: "1.6.15", licence: "Apache-2.0", purpose: "player", text: "/assets/x"),
                    .init(name: "GRDB.swift", version: nil, licence: "MIT", purpose: "database", text: nil),
                ]), false
            ),
        ]
    }

    private static var reference: APIReference {
        let session = APIReference.ValueType(words: "Session", object: "Session")
        let id = APIReference.Member(
            name: "session", place: .path, type: .init(words: "string", object: nil), isRequired: true,
            text: "As it stands in a `Session`.")
        let read = APIReference.Operation(
            id: "getSession", method: "GET", path: "/sessions/{session}", summary: "One session",
            text: "Scope `sessions:read`.\n\nAs it stands.",
            isOpen: true, members: [id], answers: [.init(status: "200", type: session, text: "The session.")])
        return APIReference(
            text: "Ids are `session_…`.", groups: [.init(name: "sessions", text: "What is on.", operations: [read])],
            objects: [.init(name: "Session", text: "", type: session, members: [id])])
    }

    private static var sessionPages: [(name: String, page: any Page, signedIn: Bool)] {
        [
            ("session-live", sessionPage(live, .enter(path: live.path + "/live")), true),
            (
                "session-watch",
                sessionPage(
                    live, .enter(path: live.path + "/live"),
                    onlooker: .init(reason: "This session is for: Members of parliament.", nextStep: "Ask the secretariat.")),
                true
            ),
            ("session-later", sessionPage(later, .opensLater), true),
            ("session-anonymous", sessionPage(near, .signIn(path: "/sign-in?next=\(near.path)")), false),
            (
                "session-refused",
                sessionPage(
                    live,
                    .refused(.init(reason: "You are not registered for this conference.", nextStep: "Write to the secretariat."))),
                true
            ),
            ("session-ended", sessionPage(past, .ended(recording: "/recordings/recording_1")), true),
            ("session-ended-bare", sessionPage(past, .ended(recording: nil)), true),
            ("session-lobby", sessionPage(live, .lobby(path: live.path + "/live", .lobby)), true),
            ("lobby", lobbyPage(.lobby), true),
            ("lobby-locked", lobbyPage(.locked), true),
            ("live", livePage(moderated: false), true),
            ("live-moderator", livePage(moderated: true), true),
            ("moderate", moderatePage, true),
            ("removals", removalsPage, true),
            (
                "removals-empty", RemovalsPage(conference: conference, id: ConferenceID(at: live.starts), lines: [], next: nil),
                true
            ),
            (
                "moderate-empty",
                ModeratePage(
                    room: "Room B", roomID: "room_0198f3c2-0000-7000-8000-000000000001", zone: zone, current: nil,
                    feed: .interrupted(quiet: .seconds(12)),
                    people: .init(present: [], removed: [], expected: 0, organisations: [], may: .all),
                    chat: .init(messages: [], forum: .none("chat")),
                    questions: .init(questions: [], forum: .none("questions")),
                    hands: .init(line: [], own: .down, forum: .none("hands")),
                    polls: .init(polls: [], forum: .none("polls")), log: []), true
            ),
        ]
    }

    private static var removalsPage: RemovalsPage {
        let (anybody, session) = (ParticipantID(at: live.starts), SessionID(at: live.starts))
        let lines = [RemovalExtent.conference, .session].enumerated().map { place, extent in
            Removal(
                number: 2 - place, conference: ConferenceID(at: live.starts), session: session, participant: anybody,
                name: place == 0 ? longName : "Bob Example", organisation: place == 0 ? "مجلس النواب" : "", capacity: .expert,
                extent: extent, reason: "Shared the link with others <b>twice</b>", actor: .participant(anybody),
                actorName: place == 0 ? "Björn Berg" : nil, instant: live.starts,
                readmission: place == 0
                    ? nil : Readmission(actor: .participant(anybody), actorName: longName, instant: live.ends))
        }
        return RemovalsPage(
            conference: conference, id: ConferenceID(at: live.starts),
            lines: lines.map { .init($0, session: (live.title, "en"), mayReadmit: $0.readmission == nil) }, next: 1)
    }

    private static var archivePages: [(name: String, page: any Page, signedIn: Bool)] {
        [
            (
                "archive",
                ArchivePage(
                    conference: conference,
                    recordings: [
                        recording(live.title, .recording, length: nil),
                        recording(near.title, .finishing(0.42), length: .seconds(3605)),
                        recording(past.title, .ready, length: .seconds(5412)),
                        recording(past.title, .faulty, length: .seconds(5412)),
                        recording(longName, .failed, length: .seconds(59)),
                    ], filter: .init(text: nil, day: nil, room: nil), days: [live.starts, later.starts],
                    rooms: [.init(id: "room_1", name: "Main hall"), .init(id: "room_2", name: "Room B")],
                    next: "recording_0198f3c2-0000-7000-8000-000000000001"), true
            ),
            (
                "archive-empty",
                ArchivePage(
                    conference: conference, recordings: [],
                    filter: .init(text: "budget \"& <more>", day: "2021-06-16", room: "room_2"), days: [live.starts],
                    rooms: [.init(id: "room_2", name: "Room B")], next: nil),
                true
            ),
            ("recording", recordingPage, true),
            ("recording-finishing", recordingPage(recording(near.title, .finishing(0.42), length: .seconds(3605))), true),
            (
                "recording-failed",
                recordingPage(
                    recording(past.title, .failed, length: nil), note: "The disk was full at 08:47:12.", mayEverything: true),
                true
            ),
            (
                "recording-faulty",
                recordingPage(
                    recording(past.title, .faulty, length: .seconds(5412)), files: files,
                    verification: .init(
                        at: at("2021-06-11T06:12:00Z"), files: 14, faults: ["recording.mp4 differs at bytes 1024–2047."]),
                    isBeingVerified: true), true
            ),
        ]
    }

    private static var personalPages: [(name: String, page: any Page, signedIn: Bool)] {
        [
            (
                "sign-in",
                SignInPage(
                    state: .invitation(name: "Amina Diallo", mail: "amina.diallo@parliament.example", token: "secret", next: "/")),
                false
            ),
            ("sign-in-needed", SignInPage(state: .needed), false), ("sign-in-used", SignInPage(state: .used), false),
            ("sign-in-expired", SignInPage(state: .expired), false), ("sign-in-unknown", SignInPage(state: .unknown), false),
            ("signed-out", SignInPage(state: .signedOut), false), ("sign-in-asked", SignInPage(state: .asked), false),
            ("sign-in-unfit", SignInPage(state: .needed, unfit: "amina", isSpooling: true), false),
            (
                "me",
                MePage(
                    name: "Amina Diallo", mail: "amina.diallo@parliament.example",
                    participations: [
                        .init(
                            conference: conference.title, path: conference.path, capacity: "member",
                            delegation: "National Assembly of Senegal",
                            grants: [.init(code: "participant", room: nil), .init(code: "moderator", room: "Main hall")])
                    ],
                    others: [.init(id: "signin_1", since: at("2021-06-16T09:00:00Z"), until: at("2021-06-30T09:00:00Z"))]), true
            ),
            ("me-empty", MePage(name: longName, mail: "m@parliament.example", participations: [], others: []), true),
        ]
    }

    private static var notices: [(name: String, page: any Page, signedIn: Bool)] {
        [
            ("not-found", NoticePage(kind: .notFound, way: .home), false),
            (
                "refused",
                NoticePage(
                    kind: .refused(.init(reason: "This is for: Archivist.", nextStep: "Ask the secretariat.")),
                    way: .conference(path: conference.path)), true
            ),
            ("banned", NoticePage(kind: .banned(reason: longName), way: .programme(path: "/wepc-2021/programme")), true),
            (
                "removed",
                NoticePage(
                    kind: .removed(reason: "Spoke over others after two warnings."), way: .programme(path: "/wepc-2021/programme")
                ),
                true
            ),
            (
                "not-yet-open", NoticePage(kind: .notYetOpen(doors: later.starts, zone: zone), way: .session(path: later.path)),
                true
            ),
            ("ended", NoticePage(kind: .ended, way: .recording(path: "/recordings/recording_1")), true),
            ("too-many", NoticePage(kind: .tooMany(wait: .seconds(300)), way: .signIn(path: "/sign-in")), false),
            ("failed", NoticePage(kind: .failed(reference: "7f3a-02c1"), way: .signIn(path: "/sign-in")), true),
            ("stale-form", NoticePage(kind: .staleForm, way: .home), true),
        ]
    }

    static func frame(_ language: Language, signedIn: Bool, theme: Theme = .system) -> PageFrame {
        PageFrame(
            language: language, theme: theme, address: "/wepc-2021/programme?day=2021-06-16",
            person: signedIn ? "Amina Diallo" : nil, csrf: signedIn ? "csrf-token" : nil,
            conference: .init(title: conference.title, path: conference.path, zone: zone))
    }

    /// The pages as this tree has them, with nothing compressed.
    static func renderer() throws -> PageRenderer {
        try PageRenderer(.bundled) { _ in nil }
    }
}
