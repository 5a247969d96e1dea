import HTTPTypes
import Hummingbird

/// `/assets/{hash}/…`: what pages load, kept by browsers for ever.
struct AssetRoutes {
    let assets: AssetLibrary

    func addRoutes(to router: Router<WebContext>) {
        router.get("assets/{hash}/**", use: asset)
    }

    @Sendable private func asset(_ request: Request, _ context: WebContext) async throws -> Response {
        let path = context.parameters.getCatchAll().joined(separator: "/")
        guard let asset = assets.asset(hash: context.parameters.get("hash") ?? "", path: path) else { throw Problem(.notFound) }
        var headers: HTTPFields = [
            .contentType: asset.contentType, .cacheControl: AssetLibrary.cacheControl, .vary: "Accept-Encoding",
        ]
        guard let gzipped = asset.gzipped, ContentCoding.acceptsGzip(request.headers[.acceptEncoding]) else {
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: asset.bytes))
        }
        headers[.contentEncoding] = "gzip"
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: gzipped))
    }
}
