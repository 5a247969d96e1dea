import Access
import Hummingbird
import Identifiers
import Programme
import Rooms

/// `/{conference}/programme.ics` and `/sessions/{session}/session.ics`, for the calendars that people keep.
struct CalendarFiles {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("{conference}/programme.ics", use: programme)
        pages.get("sessions/{session}/session.ics", use: session)
    }

    @Sendable private func programme(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(bySlugIn: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        let sessions = try await hub.programme.sessions(in: conference.id)
        return try await answer(sessions, of: conference, named: "\(conference.slug).ics", request, context)
    }

    /// One that the programme has left out is cancelled.
    @Sendable private func session(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let conference = try await hub.conference(of: state)
        try hub.permit(context.identity, .seeProgramme, on: hub.object(state))
        let known = try await hub.programme.session(state.session.id)
        return try await answer(
            [known ?? state.session], of: conference, named: "session.ics", isCancelled: known == nil, request, context)
    }

    private func answer(
        _ sessions: [Session], of conference: Conference, named file: String, isCancelled: Bool = false, _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        let reader = Reader(request, context)
        let rooms = try await hub.knownRooms(in: conference.id)
        let calendar = ProgrammeCalendar(
            title: conference.title.text(in: reader.languages).text,
            version: try await hub.programme.publishedVersion(in: conference.id),
            events: sessions.map { event($0, isCancelled, rooms[$0.room], reader) }, origin: context.arrival.origin,
            words: desk.words(reader, of: conference))
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/calendar; charset=utf-8", .cacheControl: "no-cache",
                .contentDisposition: "attachment; filename=\"\(file)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: calendar.text)))
    }

    private func event(
        _ session: Session, _ isCancelled: Bool, _ room: Room?, _ reader: Reader
    ) -> ProgrammeCalendar.Event {
        let summary = SessionSummary(session, phase: nil, room: room, reader)
        return ProgrammeCalendar.Event(
            id: session.id.description, summary: summary,
            abstract: session.abstract?.text(in: [summary.titleLanguage]).text, speakers: session.speakers.map(\.words),
            isCancelled: isCancelled)
    }
}
