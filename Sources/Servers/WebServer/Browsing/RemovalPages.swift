import Access
import Hummingbird
import Identifiers
import Programme
import Rooms

/// `/{conference}/removals`, the ledger of removals, and the forms to remove and readmit for those without scripts.
struct RemovalPages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    /// Lines on one page.
    private static let lines = 50

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("{conference}/removals", use: ledger)
        pages.post("sessions/{session}/removals", use: remove)
        pages.post("sessions/{session}/readmissions", use: readmit)
        pages.post("conferences/{conference}/removals/{removal}/readmission", use: lift)
    }

    @Sendable private func ledger(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let conference = try await hub.conference(bySlugIn: context.parameters)
        var search = RemovalSearch(in: conference.id, limit: Self.lines)
        search.after = request.uri.queryParameters["after"].flatMap { Int($0) }
        let (removals, next) = try await hub.page(of: search, for: reader.identity)
        var lines: [RemovalsPage.Line] = []
        for removal in removals {
            let title = try await hub.programme.session(removal.session)?.title.text(in: reader.languages)
            lines.append(.init(removal, session: title, mayReadmit: hub.mayReadmit(removal, reader.identity)))
        }
        let page = RemovalsPage(conference: hub.summary(of: conference, [], reader), id: conference.id, lines: lines, next: next)
        return try await desk.answer(page, to: reader, of: conference)
    }

    private struct RemovalForm: Decodable {
        let participant: String
        let reason: String
        let extent: RemovalExtent?
    }

    private struct ReadmissionForm: Decodable {
        let participant: String
    }

    private struct Form: Decodable {}

    @Sendable private func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: RemovalForm.self, context: context)
        _ = try await hub.remove(
            try participant(form.participant), from: state, extent: form.extent ?? .session, reason: form.reason,
            by: context.identity)
        return .redirect(to: state.consolePath, type: .normal)
    }

    @Sendable private func readmit(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: ReadmissionForm.self, context: context)
        try await hub.readmit(try participant(form.participant), to: state, by: context.identity)
        return .redirect(to: state.consolePath, type: .normal)
    }

    @Sendable private func lift(_ request: Request, _ context: WebContext) async throws -> Response {
        _ = try await request.signedForm(as: Form.self, context: context)
        let removal = try await hub.removal(in: context.parameters, for: context.identity)
        try await hub.readmit(removal, by: context.identity)
        let conference = try await hub.conference(in: context.parameters)
        return .redirect(to: "\(conference.path)/removals#removal-\(removal.number)", type: .normal)
    }

    private func participant(_ text: String) throws(Problem) -> ParticipantID {
        guard let participant = ParticipantID(text) else { throw Problem(.invalidRequest, "There is no such participant.") }
        return participant
    }
}
