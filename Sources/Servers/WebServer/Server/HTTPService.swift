import Hummingbird
import HummingbirdCore
import HummingbirdHTTP2
package import Logging
package import NIOCore
import ServiceLifecycle

/// The web server as a service: listens from `run` on until it is shut down, and then lets running answers end.
package struct HTTPService: Service {
    private let configuration: Configuration
    private let application: Application<WebResponder>

    /// - Parameters:
    ///   - onListening: told the port once it is open, which tells it where the configuration says 0.
    /// - Throws: `HTTPServiceError` where certificate or key cannot be used.
    package init(
        _ configuration: Configuration, responder: WebResponder, group: any EventLoopGroup, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws {
        self.configuration = configuration
        application = Application(
            responder: responder, server: try Self.builder(configuration, responder.express),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.address, port: configuration.port), backlog: configuration.backlog,
                availableConnectionsDelegate: MaximumAvailableConnections(configuration.maximumConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? configuration.port) },
            eventLoopGroupProvider: .shared(group), logger: logger)
    }

    /// - Throws: `HTTPServiceError` where the address cannot be listened on.
    package func run() async throws {
        do {
            try await application.run()
        } catch let error as IOError {
            let address = "\(configuration.address):\(configuration.port)"
            throw HTTPServiceError(
                .cannotListen, "\(address) cannot be opened for HTTP; `hemicycle check` says what mends it.", cause: error)
        }
    }

    private static func builder(
        _ configuration: Configuration, _ express: ExpressDesk
    ) throws(HTTPServiceError) -> HTTPServerBuilder {
        let gate = ConnectionGate(configuration, express.limits)
        let streams = streams(configuration, express)
        guard let files = configuration.tls else {
            return HTTPServerBuilder { GatedChannel(HTTP1Channel(responder: $0, configuration: streams), gate) }
        }
        let tls = try files.load()
        let channel = HTTP2ChannelConfiguration(
            idleTimeout: configuration.idleTimeout, gracefulCloseTimeout: configuration.idleTimeout,
            streamConfiguration: streams)
        return HTTPServerBuilder { responder in
            do {
                return GatedChannel(
                    try HTTP2UpgradeChannel(tlsConfiguration: tls, configuration: channel, responder: responder), gate)
            } catch {
                throw HTTPServiceError(
                    .unusableTLS, "\(files.certificate) and \(files.key) do not go together.", cause: error)
            }
        }
    }

    /// How each HTTP/1.1 connection and each HTTP/2 stream is served. `ConversationHandler` ends those that say nothing.
    private static func streams(_ configuration: Configuration, _ express: ExpressDesk) -> HTTP1Channel.Configuration {
        let reading = TimeAmount(configuration.writePatience)
        let patience = ConversationHandler.Patience(
            betweenRequests: TimeAmount(configuration.idleTimeout), body: TimeAmount(configuration.bodyPatience))
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                ConversationHandler(patience: patience, express: express), StalledReaderHandler(patience: reading),
            ],
            idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: configuration.maximumHeaderField, maxHeaderListSize: configuration.maximumHeaders,
                maxHeaderFieldCount: configuration.maximumHeaderCount))
    }
}

/// Why the web server cannot start: for the operator.
package struct HTTPServiceError: Error, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unusableTLS = "unusable-tls"
        case cannotListen = "cannot-listen"
    }

    package let code: Code
    /// What failed, and what would help.
    package let message: String
    package let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var description: String { message + (cause.map { " (\($0))" } ?? "") }
}
