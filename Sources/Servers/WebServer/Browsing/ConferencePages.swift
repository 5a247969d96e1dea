import Access
import Hummingbird
import Programme
import Rooms
import Time

/// `/`, `/{conference}` and its programme.
struct ConferencePages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    /// Sessions that the conference's page announces.
    private static let announced = 4

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("/", use: conferences)
        pages.get("{conference}", use: conference)
        pages.get("{conference}/programme", use: programme)
    }

    @Sendable private func conferences(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        var summaries: [ConferenceSummary] = []
        for conference in try await hub.programme.conferences() {
            summaries.append(hub.summary(of: conference, try await hub.summaries(of: conference, reader), reader))
        }
        return try await desk.answer(ConferencesPage(conferences: summaries), to: reader)
    }

    @Sendable private func conference(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let conference = try await hub.conference(bySlugIn: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        let sessions = try await hub.summaries(of: conference, reader)
        let next = sessions.filter { $0.phase == .planned || $0.phase == .doorsOpen }.prefix(Self.announced)
        let present = try await hub.programme.sessions(in: conference.id).reduce(0) { sum, session in
            sum + (hub.rooms.state(of: session.id)?.present ?? 0)
        }
        let page = ConferencePage(
            conference: hub.summary(of: conference, sessions, reader), next: Array(next), present: present)
        return try await desk.answer(page, to: reader, of: conference)
    }

    @Sendable private func programme(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let conference = try await hub.conference(bySlugIn: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        let version = try await hub.programme.publishedVersion(in: conference.id)
        let sessions = try await hub.summaries(of: conference, reader)
        let (words, query) = (desk.words(reader, of: conference), request.uri.queryParameters)
        let filter = ProgrammeFilter(sessions, in: words) { query[Substring($0.rawValue)].map(String.init) }
        let page = ProgrammePage(
            conference: hub.summary(of: conference, sessions, reader),
            version: version.map { ProgrammePage.Version(number: $0.number, published: $0.createdAt) },
            sessions: sessions.filter { filter.admits($0, in: words) }, filter: filter)
        return try await desk.answer(page, to: reader, of: conference)
    }
}

/// The days on which something begins, as a filter offers them.
enum DayChoices {
    /// The first of the instants on each day, in order.
    static func of(_ instants: [UTCInstant], in words: Wording) -> [UTCInstant] {
        let groups = Dictionary(grouping: instants, by: words.dayKey)
        return groups.values.compactMap { $0.min() }.sorted()
    }

    /// The day asked for, where it is one of them.
    static func chosen(_ asked: Substring?, among days: [UTCInstant], in words: Wording) -> String? {
        asked.map(String.init).flatMap { key in days.contains { words.dayKey($0) == key } ? key : nil }
    }
}

extension Hub {
    func conference(bySlugIn parameters: Parameters) async throws -> Conference {
        guard let slug = parameters.get("conference"), let conference = try await programme.conference(slug: slug)
        else { throw Problem(.notFound) }
        return conference
    }
}
