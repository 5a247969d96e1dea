import Access
import Events
import HTTPTypes
import Hummingbird
import Programme
import Registration

/// `/conferences/{conference}/participants/import`: everybody whom a CSV file lists.
struct RosterAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.post("conferences/{conference}/participants/import", use: load)
    }

    @Sendable private func load(_ request: Request, _ context: WebContext) async throws -> Response {
        let conference = try await hub.conference(in: context.parameters)
        let actor = try hub.actor(context.identity, .registerPeople, on: .conference(conference.id))
        let query = request.uri.queryParameters
        let (isPreview, isPartial): (Bool?, Bool?) = (try query.value("preview"), try query.value("partial"))
        let roster = try await hub.participants.roster(csv: try await request.csv(), for: conference.id)
        if isPreview == true { return try JSON.response(RosterAnswer(roster, registered: 0)) }
        if let fault = roster.faults.first, isPartial != true {
            throw Problem(
                .impossible, "Nobody was registered: \(roster.faults.count) rows have faults. The first: \(fault)",
                next: "Mend them; `preview=true` tells them all, `partial=true` leaves them out.")
        }
        let grants = roster.entries.reduce(into: Set<Grant>()) { $0.formUnion($1.grants) }
        try hub.permitGiving(grants, to: context.identity, in: conference.id)
        try await hub.audit.append(
            AuditDraft(.participantsImported, conference: conference.id, actor: actor, objects: ["\(roster.entries.count)"]))
        let registered = try await hub.participants.register(roster, in: conference.id)
        for participant in registered { hub.signIns.forget(participant.person) }
        return try JSON.response(RosterAnswer(roster, registered: registered.count))
    }
}

extension Request {
    fileprivate func csv() async throws -> String {
        guard headers.mediaType == "text/csv"
        else { throw Problem(.unsupportedMediaType, next: "Send `Content-Type: text/csv`.") }
        let buffer = try await body.collect(upTo: Roster.longest)
        guard let text = String(validating: buffer.readableBytesView, as: UTF8.self)
        else { throw Problem(.invalidRequest, "The body is no UTF-8 text.") }
        return text
    }
}

struct RosterAnswer: Encodable {
    /// Rows without fault.
    let sound: Int
    let registered: Int
    let faulty: Int
    /// The first of them.
    let faults: [Roster.Fault]
    let unusedColumns: [String]

    private static let mostFaults = 500

    init(_ roster: Roster, registered: Int) {
        (sound, faulty) = (roster.entries.count, roster.faults.count)
        self.registered = registered
        faults = Array(roster.faults.prefix(Self.mostFaults))
        unusedColumns = roster.unusedColumns
    }
}
