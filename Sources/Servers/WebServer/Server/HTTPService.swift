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
            responder: responder, server: try Self.builder(configuration),
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

    private static func builder(_ configuration: Configuration) throws(HTTPServiceError) -> HTTPServerBuilder {
        let channel = channel(configuration)
        guard let files = configuration.tls else { return .http1(configuration: channel) }
        let tls = try files.load()
        do {
            return try .http2Upgrade(
                tlsConfiguration: tls,
                configuration: .init(
                    idleTimeout: configuration.idleTimeout, gracefulCloseTimeout: configuration.idleTimeout,
                    streamConfiguration: channel))
        } catch {
            throw HTTPServiceError(.unusableTLS, "\(files.certificate) and \(files.key) do not go together.", cause: error)
        }
    }

    private static func channel(_ configuration: Configuration) -> HTTP1Channel.Configuration {
        let patience = TimeAmount(configuration.writePatience)
        return HTTP1Channel.Configuration(
            additionalChannelHandlers: [StalledReaderHandler(patience: patience)],
            idleTimeout: TimeAmount(configuration.idleTimeout),
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
