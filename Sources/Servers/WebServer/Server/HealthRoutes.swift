import HTTPTypes
import Hummingbird

/// For whoever watches the program: `/healthz` says that it runs, `/readyz` that it can serve.
struct HealthRoutes {
    let hub: Hub

    func addRoutes(to router: Router<WebContext>) {
        router.get("healthz") { _, _ in Self.text("ok\n", .ok) }
        router.get("readyz", use: ready)
    }

    @Sendable private func ready(_ request: Request, _ context: WebContext) async throws -> Response {
        let faults = await hub.faults()
        return faults.isEmpty ? Self.text("ready\n", .ok) : Self.text(faults.joined(separator: "\n") + "\n", .serviceUnavailable)
    }

    private static func text(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
