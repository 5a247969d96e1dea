import Codecs
import NIOCore
import RTMP
import Streams
import Time

/// What the machine says is done here, in its order.
extension ConnectionHandler {
    func obey(_ actions: [ConnectionAction]) {
        for action in actions {
            switch action {
            case .send(let bytes): context?.write(wrapOutboundOut(bytes), promise: nil)
            case .askToPublish(let intent): ask(intent)
            case .metadata(let metadata): announce(encoder: metadata.encoder)
            case .video(let tag, let timestamp):
                deliver { (publisher) throws(CodecError) in
                    try publisher.take(tag, timestamp: timestamp, at: clock.now())
                }
            case .audio(let tag, let timestamp):
                deliver { (publisher) throws(CodecError) in
                    try publisher.take(tag, timestamp: timestamp, at: clock.now())
                }
            case .unpublished: endPublication("the desk ended it")
            case .close(let reason): close(reason)
            }
        }
        if actions.contains(where: \.isSend) { context?.flush() }
    }

    /// Turns the desk away where its parameters are none that browsers play.
    private func deliver(_ media: (inout Publisher) throws(CodecError) -> Void) {
        announce(encoder: nil)
        guard var current = publisher else { return }
        do {
            try media(&current)
            publisher = current
        } catch {
            obey(machine.refuse(Refusal(.rejected, error.message)))
        }
    }

    /// Tells the log once that a desk has come: with its metadata, or its first frame where it sends none.
    private func announce(encoder: String?) {
        guard let publisher, !log.hasAnnounced else { return }
        log.begins(publisher.publication, encoder: encoder)
    }

    private func endPublication(_ reason: String) {
        guard let publisher else { return }
        self.publisher = nil
        publisher.publication.end()
        connections.count { $0.publishing -= 1 }
        log.ends(publisher, at: clock.now(), reason)
    }

    private func close(_ reason: CloseReason) {
        connections.count { $0.ended[IngestCounts.Ending(reason), default: 0] += 1 }
        let isRefusal = if case .refused = reason { true } else { false }
        if publisher == nil { log.turnsAway(reason, isTold: isRefusal && connections.mayTellRefusal(at: .now())) }
        endPublication(reason.explanation)
        if isRefusal { sayFarewell() } else { context?.close(promise: nil) }
    }

    /// Lets the desk read why, before the connection goes: a close with its bytes still unread would be a reset, which
    /// throws away at its end what we said last.
    private func sayFarewell() {
        guard let context else { return }
        let loop = context.eventLoop.assumeIsolated()
        let said = context.eventLoop.makePromise(of: Void.self)
        said.futureResult.assumeIsolated().whenComplete { _ in self.context?.close(mode: .output, promise: nil) }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer()), promise: said)
        _ = loop.scheduleTask(in: configuration.farewell) { self.context?.close(promise: nil) }
    }
}

extension ConnectionAction {
    fileprivate var isSend: Bool {
        if case .send = self { true } else { false }
    }
}
