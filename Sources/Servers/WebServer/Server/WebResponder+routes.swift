import Hummingbird
import NIOCore
import Zlib

extension WebResponder {
    /// All that the web server answers.
    ///
    /// - Parameters:
    ///   - resources: the folder with templates, styles and catalogues; nil for the one beside the build.
    ///   - figures: what the rest of the program tells whoever reads `/metrics`.
    /// - Throws: `ResourceError` where the folder is not whole.
    package init(
        _ hub: Hub, _ configuration: HTTPService.Configuration, resources: String? = nil,
        figures: @escaping @Sendable () async -> [Metric] = { [] }
    ) throws {
        let folder = resources.map(ResourceFolder.init(path:)) ?? .bundled
        let renderer = try PageRenderer(folder) { try? Gzip.compress($0) }
        let counts = WebCounts()
        let router = Self.router(hub, renderer, try OpenAPIDocument(folder), counts)
        MetricsRoutes(
            hub: hub, counts: counts, readers: configuration.metricsReaders, trustedProxies: configuration.trustedProxies,
            more: figures
        ).addRoutes(to: router)
        let notices = NoticePages(hub: hub, renderer: renderer)
        self.init(
            router: router.buildResponder(), methods: MethodTable(router), express: Self.express(hub, configuration, counts),
            counts: counts.requests, page: notices.page)
    }

    private static func express(_ hub: Hub, _ configuration: HTTPService.Configuration, _ counts: WebCounts) -> ExpressDesk {
        let crossOrigin = CrossOrigin(allowed: configuration.allowedOrigins)
        return ExpressDesk(
            media: MediaDesk(rooms: hub.rooms, studio: hub.studio, counts: counts.media),
            heads: ExpressHeads(crossOrigin: crossOrigin), crossOrigin: crossOrigin,
            limits: AddressLimits(configuration.limits), clock: hub.clock, trustedProxies: configuration.trustedProxies,
            overTLS: configuration.tls != nil)
    }

    static func router(
        _ hub: Hub, _ renderer: PageRenderer, _ document: OpenAPIDocument, _ counts: WebCounts
    ) -> Router<WebContext> {
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        HealthRoutes(hub: hub).addRoutes(to: router)
        MediaRoutes(desk: MediaDesk(rooms: hub.rooms, studio: hub.studio, counts: counts.media)).addRoutes(to: router)
        WHEPRoutes(hub: hub).addRoutes(to: router)
        APIRoutes(hub: hub, events: EventStream.Configuration(), streams: counts.eventStreams, document: document).addRoutes(
            to: router)
        ProblemRoutes().addRoutes(to: router)
        AssetRoutes(assets: renderer.assets).addRoutes(to: router)
        PageRoutes(hub: hub, renderer: renderer, document: document).addRoutes(to: router)
        return router
    }
}
