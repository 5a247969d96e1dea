import Access
import Hummingbird
import Identifiers
import Programme
import Time

/// `/conferences`: what everybody may know.
struct ConferencesAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("conferences", use: list)
        api.get("conferences/{conference}", use: get)
    }

    @Sendable private func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let conferences = try await hub.programme.conferences()
        return try JSON.response(["conferences": conferences.map(ConferenceAnswer.init(_:))])
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        try hub.permit(context.identity, .seeProgramme, on: .conference(conference.id))
        return try JSON.response(ConferenceAnswer(conference))
    }
}

struct ConferenceAnswer: Encodable {
    let id: ConferenceID
    let slug: String
    let title: LocalisedText
    let timeZone: String
    let startsAt: UTCInstant
    let endsAt: UTCInstant

    init(_ conference: Conference) {
        id = conference.id
        slug = conference.slug
        title = conference.title
        timeZone = conference.timeZone
        startsAt = conference.startsAt
        endsAt = conference.endsAt
    }
}
