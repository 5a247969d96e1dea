import FFmpeg
import Files
import Logging
import NIOPosix
import RTMPServer
import Rooms
import ServiceLifecycle
import Store
import Streams
import UnixSignals
import WebRTCServer
import WebServer

/// The whole program: the hall and the servers before it, started and stopped together.
package struct HemicycleServer: Sendable {
    private let settings: Settings

    package init(settings: Settings) {
        self.settings = settings
    }

    /// Runs until SIGTERM or SIGINT, then stops within `stop.within`: no more is let in, playlists end, recordings are closed.
    package func run(withDemonstration: Bool) async throws {
        try FFmpegLibrary.find()
        let hall = try await Hall(settings: settings)
        if withDemonstration { try await Demonstration(hall: hall).prepare(rtmp: settings.rtmpAddress) }
        hall.logger.notice(
            "hemicycle \(ProgramVersion.text)",
            metadata: ["address": "\(settings.publicAddress)", "data": "\(hall.folder.path)", "rtmp": "\(settings.rtmpAddress)"])
        let group = ServiceGroup(configuration: configuration(try services(hall), hall.logger))
        defer { try? hall.store.close() }
        try await group.run()
    }

    private func services(_ hall: Hall) throws -> [any Service] {
        let loops = MultiThreadedEventLoopGroup.singleton
        let conductor = Conductor(
            directory: hall.rooms, studio: hall.studio, notices: hall.notices, chunking: settings.chunking,
            rewind: settings.media.rewind, logger: hall.logger)
        let ingest = RTMPIngest(
            configuration: try settings.ingest(), desk: StreamDesk(keys: hall.desks.streamKeys, feeds: hall.feeds),
            clock: hall.mediaClock, group: loops, logger: hall.logger)
        let peers = PeerServer(
            configuration: settings.peers, identity: try settings.peerIdentity(), clock: hall.mediaClock, group: loops,
            logger: hall.logger)
        let watching = WatchDesk(rooms: hall.rooms, peers: peers)
        let control = ControlSocket(path: DataFolder.controlSocket(in: hall.folder.path), logger: hall.logger) {
            await Administration(hall).perform($0)
        }
        // They are stopped from the last to the first: desks are sent away, playlists and recordings end, and the web server, which
        // tells the viewers so, is the last to go.
        return try hall.webServices(on: loops, watching: watching) { ingest.counts.metrics }
            + [conductor, peers, watching, ingest, control]
    }

    private func configuration(_ services: [any Service], _ logger: Logger) -> ServiceGroupConfiguration {
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.stopWithin
        configuration.maximumCancellationDuration = .seconds(2)
        return configuration
    }
}
