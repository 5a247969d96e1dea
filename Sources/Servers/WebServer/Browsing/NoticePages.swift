import Access
import Foundation
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Rooms

/// Tells problems as pages, to people with browsers.
struct NoticePages: Sendable {
    let hub: Hub
    let renderer: PageRenderer

    private static let forPrograms = ["api", "media", "whep", "assets", "healthz", "readyz"]

    /// Nil where the request comes from a program, or the page itself cannot be made.
    @Sendable func page(_ problem: Problem, _ request: Request, _ context: WebContext) async -> Response? {
        let first = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
        guard !Self.forPrograms.contains(first), !first.hasPrefix("~") else { return nil }
        guard request.headers[.accept]?.contains("html") ?? true else { return nil }
        var context = context
        let shown = RequestCredentials(request, arrival: context.arrival)
        context.identity = (try? await hub.identification.identify(shown)) ?? .anonymous
        return try? await answer(problem, request, context)
    }

    private func answer(_ problem: Problem, _ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let desk = PageDesk(hub: hub, renderer: renderer)
        let conference = await conference(request)
        let words = desk.words(reader, of: conference)
        let page = NoticePage(kind: kind(problem, words, conference, context), way: way(problem, reader, conference))
        var response = try await desk.answer(page, to: reader, of: conference, status: problem.kind.status)
        response.headers.append(contentsOf: problem.headers)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    private func kind(_ problem: Problem, _ words: Wording, _ conference: Conference?, _ context: WebContext) -> NoticePage.Kind {
        switch problem.refusal {
        case .removed(let reason)?: return .removed(reason: reason)
        case .banned(let reason)?: return .banned(reason: reason)
        case .doorsClosed(let doors)?: return .notYetOpen(doors: doors, zone: conference?.zone ?? .gmt)
        case .sessionEnded?: return .ended
        case let refusal?: return .refused(RefusalInWords(refusal, in: words))
        case nil: break
        }
        switch problem.kind {
        case .crossSiteRequest: return .staleForm
        case .signInNeeded: return .refused(RefusalInWords(.signInNeeded, in: words))
        case .internalError, .unavailable: return .failed(reference: context.requestID)
        case .notFound, .methodNotAllowed: return .notFound
        case .tooManyRequests: return .tooMany(wait: .seconds(problem.headers[.retryAfter].flatMap(Int.init) ?? 1))
        default: return .refused(RefusalInWords(reason: problem.detail, nextStep: problem.next))
        }
    }

    private func way(_ problem: Problem, _ reader: Reader, _ conference: Conference?) -> NoticePage.Way {
        if problem.kind == .signInNeeded { return .signIn(path: "/sign-in?next=\(PageFrame.encoded(reader.address))") }
        return conference.map { .programme(path: "\($0.path)/programme") } ?? .home
    }

    /// The conference that the address is about; nil where it is about none.
    private func conference(_ request: Request) async -> Conference? {
        let elements = request.uri.path.split(separator: "/").map(String.init)
        switch (elements.first, elements.dropFirst().first) {
        case ("sessions", let id?):
            guard let state = SessionID(id).flatMap(hub.rooms.state(of:)) else { return nil }
            return try? await hub.conference(of: state)
        case (let slug?, _): return try? await hub.programme.conference(slug: slug)
        case (nil, _): return nil
        }
    }
}
