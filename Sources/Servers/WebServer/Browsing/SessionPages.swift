import Access
import Archive
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms
import Time

/// `/sessions/{session}`, its live page, and the moderators' forms for those without scripts.
struct SessionPages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("sessions/{session}", use: session)
        pages.get("sessions/{session}/live", use: live)
    }

    @Sendable private func session(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let state = try hub.session(in: context.parameters)
        let conference = try await hub.conference(of: state)
        try hub.permit(context.identity, .seeProgramme, on: hub.object(state))
        let summary = try await hub.summary(of: state, reader)
        let page = SessionPage(
            session: summary, abstract: state.session.abstract?.text(in: [summary.titleLanguage]).text,
            speakers: state.session.speakers.map(\.words), zone: conference.zone, doors: state.doorsOpenAt,
            isRecorded: state.session.isRecorded, letsOthersWatch: state.session.letsOthersWatch,
            entry: try await entry(state, reader, desk.words(reader, of: conference)),
            onlooker: onlooker(state, reader, of: conference), console: hub.console(of: state, reader))
        return try await desk.answer(page, to: reader, of: conference)
    }

    @Sendable private func live(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let state = try hub.session(in: context.parameters)
        let conference = try await hub.conference(of: state)
        let participant = reader.identity.subject.participation(in: conference.id)?.participant
        if let reason = hub.wait(context.identity, at: hub.object(state)) {
            let page = LobbyPage(
                id: state.session.id.description, session: try await hub.summary(of: state, reader), zone: conference.zone,
                reason: reason, participant: participant?.description ?? "")
            return try await desk.answer(page, to: reader, of: conference)
        }
        try hub.permit(context.identity, .watchSession, on: hub.object(state))
        let page = LivePage(
            id: state.session.id.description, session: try await hub.summary(of: state, reader), zone: conference.zone,
            isRecorded: state.session.isRecorded, recorder: hub.recorder(of: state),
            participant: participant?.description ?? "", people: try await hub.peopleInRoom(of: state, reader),
            chat: isIn(state, reader) ? try await hub.chatInRoom(of: state, reader) : nil,
            questions: isIn(state, reader) ? try await hub.questionsInRoom(of: state, reader) : nil,
            polls: isIn(state, reader) ? try await hub.pollsInRoom(of: state, reader) : nil,
            hands: isIn(state, reader) ? try await hub.handsInRoom(of: state, reader) : nil,
            announcements: try await hub.announcementsInRoom(of: state, reader),
            onlooker: onlooker(state, reader, of: conference), console: hub.console(of: state, reader))
        return try await desk.answer(page, to: reader, of: conference)
    }

    /// What people say is for those in the session, not for who only watches.
    private func isIn(_ state: Rooms.SessionState, _ reader: Reader) -> Bool {
        hub.watchesOnly(reader.identity, state) == nil
    }

    private func onlooker(_ state: Rooms.SessionState, _ reader: Reader, of conference: Conference) -> RefusalInWords? {
        hub.watchesOnly(reader.identity, state).map { RefusalInWords($0, in: desk.words(reader, of: conference)) }
    }

    private func entry(_ state: Rooms.SessionState, _ reader: Reader, _ words: Wording) async throws -> SessionPage.Entry {
        switch decide(reader.identity.subject, .watchSession, on: hub.object(state), now: hub.clock.now()) {
        case .allow where state.phase == .ended: try await entryAgain(state, reader)
        case .allow: .enter(path: "/sessions/\(state.session.id)/live")
        case .refuse(.signInNeeded) where state.phase != .ended:
            .signIn(path: "/sign-in?next=\(PageFrame.encoded(reader.address))")
        case .refuse(.doorsClosed): .opensLater
        case .refuse(.waiting(let reason)): .lobby(path: "/sessions/\(state.session.id)/live", reason)
        case .refuse where state.phase == .ended: .ended(recording: try await recording(of: state, reader))
        case .refuse(let refusal): .refused(RefusalInWords(refusal, in: words))
        }
    }

    /// Who may see the recording finds it there; others see it again where it was live.
    private func entryAgain(_ state: Rooms.SessionState, _ reader: Reader) async throws -> SessionPage.Entry {
        if let recording = try await recording(of: state, reader) { return .ended(recording: recording) }
        return .enter(path: "/sessions/\(state.session.id)/live")
    }

    private func recording(of state: Rooms.SessionState, _ reader: Reader) async throws -> String? {
        let recording = try await hub.recordings.recordings(of: state.session.id).last
        guard let recording, hub.allows(reader.identity, .seeRecordings, on: Object(recording)) else { return nil }
        return "/recordings/\(recording.id)"
    }
}

extension Hub {
    func conference(of state: Rooms.SessionState) async throws -> Conference {
        guard let conference = try await programme.conference(state.session.conference) else { throw Problem(.notFound) }
        return conference
    }

    /// The console of the session's room, for who may moderate there.
    func console(of state: Rooms.SessionState, _ reader: Reader) -> String? {
        allows(reader.identity, .conductSession, on: object(state)) ? state.consolePath : nil
    }

    func peopleInRoom(of state: Rooms.SessionState, _ reader: Reader) async throws -> PeopleInRoom {
        let may = PeopleInRoom.Rights(
            remove: allows(reader.identity, .removePeople, on: object(state)),
            ban: allows(reader.identity, .removePeople, on: .conference(state.session.conference)))
        let participants = try await registration.participants(in: state.session.conference)
        return PeopleInRoom(
            present: rooms.people(in: state.session.id).map(PersonInRoom.init(_:)),
            removed: may.remove ? rooms.removals(from: state.session.id).map(PersonInRoom.init(_:)) : [],
            expected: participants.count { $0.revokedAt == nil },
            organisations: may.remove ? try await rooms.organisations(in: state.session.id) : [], may: may)
    }
}

extension PersonInRoom {
    init(_ presence: Presence) {
        self.init(
            participant: presence.participant.description, name: presence.name, capacity: presence.capacity.rawValue,
            delegation: presence.organisation.isEmpty ? nil : presence.organisation, removal: nil)
    }

    fileprivate init(_ removal: Removal) {
        self.init(
            participant: removal.participant.description, name: removal.name, capacity: removal.capacity.rawValue,
            delegation: removal.organisation.isEmpty ? nil : removal.organisation,
            removal: Exclusion(from: removal.extent, reason: removal.reason))
    }
}
