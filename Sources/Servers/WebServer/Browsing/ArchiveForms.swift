import Access
import Archive
import Events
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// The forms of the archive's pages and of the console's marks, for browsers with and without scripts.
struct ArchiveForms {
    let hub: Hub

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.post("recordings/{recording}/verification", use: verify)
        pages.post("recordings/{recording}/finishing", use: finish)
        pages.post("recordings/{recording}/marks", use: addMark)
        pages.post("recordings/{recording}/marks/{mark}", use: changeMark)
        pages.post("recordings/{recording}/clips", use: orderClip)
        pages.post("recordings/{recording}/clips/{clip}", use: removeClip)
        pages.post("sessions/{session}/marks", use: markNow)
    }

    private struct BareForm: Decodable {}

    private struct MarkForm: Decodable {
        let title: String
        /// How far into the recording: `1:02:03.5`.
        let place: String
        /// `remove` where the mark is to go.
        let act: String?
    }

    private struct ClipForm: Decodable {
        /// How far into the recording, like `until`.
        let from: String
        let until: String
        let title: String
    }

    private struct MomentForm: Decodable {
        let title: String
    }

    @Sendable private func verify(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        _ = try await request.signedForm(as: BareForm.self, context: context)
        let actor = try hub.actor(context.identity, .verifyRecordings, on: Object(recording))
        try await hub.orderVerification(of: recording, by: actor)
        return back(to: recording)
    }

    @Sendable private func finish(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        _ = try await request.signedForm(as: BareForm.self, context: context)
        let actor = try hub.actor(context.identity, .finishRecordings, on: Object(recording))
        try await hub.orderFinishing(of: recording, by: actor)
        return back(to: recording)
    }

    @Sendable private func addMark(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let form = try await request.signedForm(as: MarkForm.self, context: context)
        let actor = try hub.actor(context.identity, .markChapters, on: Object(recording))
        guard let state = hub.rooms.state(of: recording.session) else { throw Problem(.notFound) }
        _ = try await hub.mark(form.title, at: try instant(form.place, in: recording), in: state, by: actor)
        return back(to: recording)
    }

    @Sendable private func changeMark(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let form = try await request.signedForm(as: MarkForm.self, context: context)
        let actor = try hub.actor(context.identity, .markChapters, on: Object(recording))
        let mark = try await hub.mark(in: context.parameters, of: recording.session)
        if form.act == "remove" {
            try await hub.marks.remove(mark, by: actor)
        } else {
            _ = try await hub.change(mark, title: form.title, at: try instant(form.place, in: recording), by: actor)
        }
        return back(to: recording)
    }

    @Sendable private func orderClip(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        let form = try await request.signedForm(as: ClipForm.self, context: context)
        let actor = try hub.actor(context.identity, .clipRecordings, on: Object(recording))
        _ = try await hub.orderClip(
            of: recording, from: try instant(form.from, in: recording), until: try instant(form.until, in: recording),
            title: form.title, by: actor)
        return back(to: recording)
    }

    @Sendable private func removeClip(_ request: Request, _ context: WebContext) async throws -> Response {
        let recording = try await hub.recording(in: context.parameters)
        _ = try await request.signedForm(as: BareForm.self, context: context)
        let actor = try hub.actor(context.identity, .clipRecordings, on: Object(recording))
        try await hub.remove(try await hub.clip(in: context.parameters, of: recording.id), by: actor)
        return back(to: recording)
    }

    @Sendable private func markNow(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let form = try await request.signedForm(as: MomentForm.self, context: context)
        let actor = try hub.actor(context.identity, .markChapters, on: hub.object(state))
        _ = try await hub.mark(form.title, at: nil, in: state, by: actor)
        return .redirect(to: "/rooms/\(state.session.room)/moderate", type: .normal)
    }

    private func instant(_ place: String, in recording: ArchivedRecording) throws(Problem) -> UTCInstant {
        guard let offset = Duration(place: place)
        else { throw Problem(.invalidRequest, "“\(place)” is no place of the form 1:02:03.") }
        return recording.begin.advanced(by: offset)
    }

    private func back(to recording: ArchivedRecording) -> Response {
        .redirect(to: "/recordings/\(recording.id)", type: .normal)
    }
}

extension ArchivedRecording {
    /// The instant from which its pages count.
    var begin: UTCInstant { movies.lazy.compactMap(\.startsAt).first ?? startedAt }
}
