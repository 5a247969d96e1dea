import Events
import HTTPTypes
import Hummingbird
import Programme
import Rooms

/// `/metrics`: figures for Prometheus, told to the addresses that the operator has named.
struct MetricsRoutes: Sendable {
    let hub: Hub
    let counts: WebCounts
    let readers: Set<String>
    let trustedProxies: Set<String>
    /// Those of the rest of the program.
    let more: @Sendable () async -> [Metric]

    func addRoutes(to router: Router<WebContext>) {
        router.get("metrics", use: tell)
    }

    @Sendable private func tell(_ request: Request, _ context: WebContext) async throws -> Response {
        guard mayRead(request, context) else {
            throw Problem(
                .notGranted, "Figures are told to the addresses in metrics.readers alone.",
                next: "Ask the server's operator to name yours.")
        }
        let text = try await metrics().map(\.text).joined()
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A proxy of this machine that nobody has named as trusted would make everybody a neighbour.
    private func mayRead(_ request: Request, _ context: WebContext) -> Bool {
        let isPassedOn = request.headers[.forwardedFor] != nil || request.headers[.forwardedProto] != nil
        if isPassedOn, context.peer.map(trustedProxies.contains) != true { return false }
        return readers.contains(context.arrival.client)
    }

    private func metrics() async throws -> [Metric] {
        let events = hub.events.told.sorted { $0.key.rawValue < $1.key.rawValue }
        let told = Metric(
            "hemicycle_events_total", .counter, "What happened since the start, by kind of event.",
            events.map { Metric.Sample($0.value, ["kind": $0.key.rawValue]) })
        let space = Metric(
            "hemicycle_disk_free_bytes", .gauge, "What the disk of the recordings still holds.",
            hub.studio.freeBytes.map { [Metric.Sample(Double($0))] } ?? [])
        return try await [rooms(), told, space] + RoomMetrics(hub).metrics + counts.metrics + more()
    }

    /// So that figures of a room can be told by its name.
    private func rooms() async throws -> Metric {
        var samples: [Metric.Sample] = []
        for conference in try await hub.programme.conferences() {
            samples += try await hub.programme.rooms(in: conference.id).map {
                Metric.Sample(1, ["room": "\($0.id)", "name": $0.name.text(in: ["en"]).text, "conference": conference.slug])
            }
        }
        return Metric("hemicycle_room_info", .gauge, "The rooms, with their names.", samples)
    }
}
