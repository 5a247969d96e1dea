import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// Lets connections in: not too many from one address, and under TLS none that takes for ever to shake hands. Called on each channel's
/// event loop.
struct ConnectionGate: Sendable {
    private let limits: AddressLimits
    /// They speak for many.
    private let trustedProxies: Set<String>
    private let handshakePatience: TimeAmount?

    init(_ configuration: HTTPService.Configuration, _ limits: AddressLimits) {
        self.limits = limits
        trustedProxies = configuration.trustedProxies
        handshakePatience = configuration.tls.map { _ in TimeAmount(configuration.handshakePatience) }
    }

    /// False where the connection is one too many.
    func admit(_ channel: any Channel) -> Bool {
        if let address = PeerAddress.text(channel.remoteAddress), !trustedProxies.contains(address) {
            guard limits.enter(address) else { return false }
            channel.closeFuture.whenComplete { _ in limits.leave(address) }
        }
        return true
    }

    /// Called once the channel has its handlers.
    func hurry(_ channel: any Channel) {
        let pipeline = channel.pipeline.syncOperations
        guard let handshakePatience, let tls = try? pipeline.handler(type: NIOSSLServerHandler.self) else { return }
        try? pipeline.addHandler(HandshakeHandler(patience: handshakePatience), position: .after(tls))
    }
}

/// A channel before which a gate stands.
struct GatedChannel<Inner: ServerChildChannel>: ServerChildChannel {
    private let inner: Inner
    private let gate: ConnectionGate

    init(_ inner: Inner, _ gate: ConnectionGate) {
        self.inner = inner
        self.gate = gate
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Inner.Value> {
        guard gate.admit(channel) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(ChannelError.alreadyClosed)
        }
        let value = inner.setup(channel: channel, logger: logger)
        gate.hurry(channel)
        return value
    }

    func handle(value: Inner.Value, logger: Logger) async {
        await inner.handle(value: value, logger: logger)
    }
}
