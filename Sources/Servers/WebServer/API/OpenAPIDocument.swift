import HTTPTypes
import Hummingbird
import NIOCore

/// The description of the API (OpenAPI 3.1.1), as it lies among the resources.
struct OpenAPIDocument: Sendable {
    static let file = "api/openapi.yaml"
    private let bytes: ByteBuffer

    init(_ resources: ResourceFolder) throws(ResourceError) {
        bytes = ByteBuffer(bytes: try resources.bytes(of: Self.file))
    }

    var text: String { String(buffer: bytes) }

    func addRoutes(to api: RouterGroup<WebContext>) {
        api.get("openapi.yaml") { _, _ in response }
    }

    private var response: Response {
        let headers: HTTPFields = [.contentType: "application/yaml", .cacheControl: "no-cache"]
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
