import Access
import Hummingbird
import Identifiers
import Recording
import Rooms
import Time

/// `/sessions/{session}/recording`: how the recording of a running session fares, and its pauses.
struct RecordingStateAPI {
    let hub: Hub

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("sessions/{session}/recording", use: get)
        api.post("sessions/{session}/recording/pause") { try await setPaused(true, $0, $1) }
        api.post("sessions/{session}/recording/resume") { try await setPaused(false, $0, $1) }
    }

    @Sendable private func get(_ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        try hub.permit(context.identity, .seeFeed, on: hub.object(state))
        guard let status = state.recordingStatus else {
            throw Problem(.notFound, "Nothing is being recorded of this session now.")
        }
        return try JSON.response(RecordingStateAnswer(state, status))
    }

    private func setPaused(_ isPaused: Bool, _ request: Request, _ context: WebContext) async throws -> Response {
        let state = try hub.session(in: context.parameters)
        let actor = try hub.actor(context.identity, .conductSession, on: hub.object(state))
        let order = try await request.json(as: ConductOrder.self, context: context)
        try await hub.setPaused(isPaused, recordingOf: state, reason: order.reason, by: actor)
        return try JSON.response(SessionAnswer(try hub.session(in: context.parameters)), status: .accepted)
    }
}

struct RecordingStateAnswer: Encodable {
    let status: RecordingStatus
    /// Absent, like all that follows, while none has begun.
    let recording: RecordingID?
    /// Of media and index, on the disk.
    let bytes: Int64?
    /// From the first frame to the last.
    let seconds: Double?
    /// How much of what was written a power cut would take now.
    let unsyncedSeconds: Double?
    /// What waits to be written.
    let queuedBytes: Int?
    /// What the disk still holds.
    let freeBytes: Int64?
    /// Chunks that could not be kept.
    let leftOut: Int?
    let alarms: [RecordingAlarm]
    /// The last hundred, by time.
    let gaps: [Gap]
    let gapCount: Int

    struct Gap: Encodable {
        let at: UTCInstant
        let seconds: Double
        let cause: GapCause

        init(_ gap: RecordingManifest.Gap) {
            (at, cause) = (gap.from.instant, gap.cause)
            seconds = gap.to.instant.since(gap.from.instant).inSeconds
        }
    }

    init(_ state: Rooms.SessionState, _ status: RecordingStatus) {
        let writer = state.recording?.writer
        (self.status, recording) = (status, state.recording?.id)
        (bytes, seconds) = (writer?.bytesOnDisk, writer?.duration.inSeconds)
        unsyncedSeconds = writer?.exposure().inSeconds
        (queuedBytes, freeBytes, leftOut) = (writer?.queuedBytes, writer?.freeBytes, writer?.leftOut)
        alarms = state.recordingAlarms.sorted { $0.rawValue < $1.rawValue }
        gaps = writer?.gaps.map(Gap.init(_:)) ?? []
        gapCount = writer?.gapCount ?? 0
    }
}
