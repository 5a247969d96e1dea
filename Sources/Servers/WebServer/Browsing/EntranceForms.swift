import Access
import Events
import Foundation
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms

/// The console's forms for a session's lobby and lock, for those without scripts.
struct EntranceForms {
    let hub: Hub

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("sessions/{session}/entrance") { request, context in
            try await change(try await request.signedForm(as: SwitchForm.self, context: context).change, context)
        }
        pages.post("sessions/{session}/entrance/rule") { request, context in
            try await change(try await request.signedForm(as: RuleForm.self, context: context).change, context)
        }
        pages.post("sessions/{session}/entrance/seats") { request, context in
            let form = try await request.signedForm(as: SeatsForm.self, context: context)
            return try await change(EntranceChange(seats: form.seats ?? 0), context)
        }
        pages.post("sessions/{session}/entrance/admissions", use: admit)
    }

    private func change(_ change: EntranceChange, _ context: WebContext) async throws -> Response {
        let (state, actor) = try conducted(context)
        try await hub.setEntrance(change.applied(to: hub.rooms.entrance(of: state.session.id)), of: state, by: actor)
        return .redirect(to: state.consolePath, type: .normal)
    }

    @Sendable private func admit(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await request.signedForm(as: AdmissionForm.self, context: context)
        let (state, actor) = try conducted(context)
        if let participant = form.participant {
            guard let participant = ParticipantID(participant)
            else { throw Problem(.invalidRequest, "There is no such participant.") }
            try await hub.admit([participant], to: state, by: actor)
        } else {
            _ = try await hub.admitAll(to: state, by: actor)
        }
        return .redirect(to: state.consolePath, type: .normal)
    }

    private func conducted(_ context: WebContext) throws -> (Rooms.SessionState, AuditActor) {
        let state = try hub.session(in: context.parameters)
        return (state, try hub.actor(context.identity, .conductSession, on: hub.object(state)))
    }
}

private struct SwitchForm: Decodable {
    let lobby: Bool?
    let locked: Bool?

    var change: EntranceChange { EntranceChange(lobby: lobby, locked: locked) }
}

private struct SeatsForm: Decodable {
    /// Nil and 0 for as many as come.
    let seats: Int?
}

private struct RuleForm: Decodable {
    let capacities: [Capacity]?
    /// One on a line.
    let organisations: String

    var change: EntranceChange {
        let lines = organisations.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        let rule = EntryRule(capacities: Set(capacities ?? []), organisations: Set(lines.filter { !$0.isEmpty }))
        return EntranceChange(passes: rule)
    }
}

private struct AdmissionForm: Decodable {
    /// Nil for everybody who waits.
    let participant: String?
}

extension Rooms.SessionState {
    /// Where the console of the session's room stands.
    var consolePath: String { "/rooms/\(session.room)/moderate" }
}
