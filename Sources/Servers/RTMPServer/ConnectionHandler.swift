import NIOCore
import RTMP
import Streams
import Time

/// The listener closes its connections: sent down each pipeline.
struct ServerIsStopping: Sendable {}

/// One connection on its event loop: drives the machine, and does what it says.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    let configuration: RTMPIngest.Configuration
    let connections: OpenConnections
    let desk: any PublishingDesk
    let clock: any WallClock
    var log: DeskLog
    var machine: ServerConnection
    var publisher: Publisher?
    /// Asks the desk; cancelled when the connection goes.
    var admission: Task<Void, Never>?
    /// Nil before the handler stands in its pipeline and after it left it.
    private(set) var context: ChannelHandlerContext?
    private var alarm: Scheduled<Void>?

    init(
        configuration: RTMPIngest.Configuration, connections: OpenConnections, desk: any PublishingDesk,
        clock: any WallClock, log: DeskLog
    ) {
        self.configuration = configuration
        self.connections = connections
        self.desk = desk
        self.clock = clock
        self.log = log
        machine = ServerConnection(nonce: Self.nonce(), limits: configuration.limits, at: .now())
    }

    private static func nonce() -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<ServerHandshake.nonceLength).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}

// MARK: - Events of the channel

extension ConnectionHandler {
    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setAlarm()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        obey(machine.received(unwrapInboundIn(data), at: context.eventLoop.now))
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        admission?.cancel()
        obey(machine.end(.peerLeft))
        context.fireChannelInactive()
    }

    /// We say little: whoever lets that pile up does not listen.
    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if !context.channel.isWritable { obey(machine.end(.deaf)) }
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ServerIsStopping else { return context.fireUserInboundEventTriggered(event) }
        obey(machine.serverStops(at: context.eventLoop.now))
        alarm?.cancel()
        setAlarm()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        obey(machine.end(.broken("\(error)")))
        context.close(promise: nil)
    }

    /// Wakes the machine when its deadline has passed; the deadline moves with every byte, the alarm only when it rings.
    private func setAlarm() {
        guard let context, let deadline = machine.deadline else { return }
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.obey(self.machine.timePassed(.now()))
            self.setAlarm()
        }
    }
}
