import Access
import Events
import HTTPTypes
import Hummingbird
import Identifiers
import Programme
import Registration
import Rooms
import Time

/// Who was in a session, and which parliaments are in it now.
struct AttendanceAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/attendance", use: attendance)
        api.get("sessions/{session}/organisations", use: organisations)
    }

    @Sendable private func attendance(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let format = try request.exportFormat ?? .json
        let session = state.session
        try await hub.audit.append(
            AuditDraft(
                .attendanceExported, conference: session.conference, actor: actor, objects: [session.id.description]))
        let lines = try await hub.rooms.attendance(of: session.id)
        switch format {
        case .csv: return CSVText(lines).response(named: "attendance-\(session.id).csv")
        case .json: return try JSON.response(AttendanceAnswer(attendance: lines.map(AttendanceAnswer.Line.init(_:))))
        }
    }

    @Sendable private func organisations(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .conductSession, on: hub.object(state))
        let organisations = try await hub.rooms.organisations(in: state.session.id)
        return try JSON.response(["organisations": organisations.map(OrganisationAnswer.init(_:))])
    }
}

struct AttendanceAnswer: Encodable {
    /// By organisation and name.
    let attendance: [Line]

    struct Line: Encodable {
        let participant: ParticipantID
        let name: String
        let organisation: String
        let capacity: Capacity
        let firstIn: UTCInstant?
        /// Absent while they are there.
        let lastOut: UTCInstant?
        /// Whole seconds.
        let secondsPresent: Int64
    }
}

extension AttendanceAnswer.Line {
    init(_ line: AttendanceLine) {
        self.init(
            participant: line.participant, name: line.name, organisation: line.organisation, capacity: line.capacity,
            firstIn: line.firstIn, lastOut: line.isPresent ? nil : line.lastOut, secondsPresent: line.present.components.seconds)
    }
}

struct OrganisationAnswer: Encodable {
    let organisation: String
    let present: Int
    let registered: Int

    init(_ presence: OrganisationPresence) {
        (organisation, present, registered) = (presence.organisation, presence.present, presence.registered)
    }
}

extension CSVText {
    fileprivate init(_ lines: [AttendanceLine]) {
        self.init(["participant", "name", "organisation", "capacity", "firstIn", "lastOut", "secondsPresent"])
        for line in lines.map(AttendanceAnswer.Line.init(_:)) {
            add([
                line.participant.description, line.name, line.organisation, line.capacity.rawValue, line.firstIn?.text ?? "",
                line.lastOut?.text ?? "", "\(line.secondsPresent)",
            ])
        }
    }
}
