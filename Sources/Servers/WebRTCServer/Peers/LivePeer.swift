import NIOCore
import Peers
import WebRTC

/// A peer on its event loop: one of the machines of `Peers`, and what it asks of the loop.
protocol LivePeer: AnyObject {
    var id: PeerID { get }
    /// Where it was seen, the oldest first.
    var paths: [ICEPath] { get set }
    var isClosed: Bool { get }
    /// Where its media go; nil before a path was nominated.
    var path: ICEPath? { get }
    var deadline: NIODeadline? { get }

    func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline, on loop: PeerLoop)
    func handleDeadline(at now: NIODeadline, on loop: PeerLoop)
    func nextTrain() -> DatagramTrain?
    func restart(_ renewal: Renewal)
    func close()
    /// It is closed, and its loop has forgotten it.
    func leave(_ loop: PeerLoop)
}

/// One who watches.
final class LiveViewer: LivePeer {
    let id: PeerID
    let relay: PacketRelay
    var machine: ViewerPeer
    var paths: [ICEPath] = []
    private var ending: PeerEnding?
    private let onEnd: @Sendable (PeerID, PeerEnding?) -> Void

    init(_ invitation: Invitation, relay: PacketRelay, machine: consuming ViewerPeer) {
        (id, onEnd) = (invitation.id, invitation.onEnd)
        self.relay = relay
        self.machine = machine
    }

    var isClosed: Bool { machine.isClosed }
    var path: ICEPath? { machine.path }
    var deadline: NIODeadline? { machine.deadline }

    func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline, on loop: PeerLoop) {
        follow(machine.receive(datagram, by: path, at: now), at: now, on: loop)
    }

    func handleDeadline(at now: NIODeadline, on loop: PeerLoop) {
        follow(machine.handleDeadline(at: now), at: now, on: loop)
    }

    private func follow(_ event: ViewerEvent?, at now: NIODeadline, on loop: PeerLoop) {
        switch event {
        case .connected: machine.start(with: loop.seat(self), at: now)
        case .wishesKeyFrame:
            if !relay.wishKeyFrame() { machine.start(with: loop.cache(of: relay), at: now) }
        case .closed(let ending): self.ending = ending
        case nil: break
        }
    }

    func nextTrain() -> DatagramTrain? { machine.nextTrain() }

    func restart(_ renewal: Renewal) {
        machine.restart(renewal.credentials, remoteFragment: renewal.remoteFragment)
    }

    func close() { machine.close() }

    func leave(_ loop: PeerLoop) {
        loop.unseat(self)
        onEnd(id, ending)
    }
}

/// One who publishes.
final class LivePublisher: LivePeer {
    let id: PeerID
    var machine: PublisherPeer
    var paths: [ICEPath] = []
    private var ending: PeerEnding?
    private let take: @Sendable (PublisherEvent) -> Void
    private let onEnd: @Sendable (PeerID, PeerEnding?) -> Void

    init(_ invitation: Invitation, machine: consuming PublisherPeer, take: @escaping @Sendable (PublisherEvent) -> Void) {
        (id, onEnd) = (invitation.id, invitation.onEnd)
        self.machine = machine
        self.take = take
    }

    var isClosed: Bool { machine.isClosed }
    var path: ICEPath? { machine.path }
    var deadline: NIODeadline? { machine.deadline }

    func receive(_ datagram: ByteBuffer, by path: ICEPath, at now: NIODeadline, on loop: PeerLoop) {
        machine.receive(datagram, by: path, at: now)
        tell()
    }

    func handleDeadline(at now: NIODeadline, on loop: PeerLoop) {
        machine.handleDeadline(at: now)
        tell()
    }

    private func tell() {
        while let event = machine.nextEvent() {
            if case .closed(let ending) = event { self.ending = ending }
            take(event)
        }
    }

    func nextTrain() -> DatagramTrain? {
        machine.nextDatagram().map {
            DatagramTrain(path: $0.path, bytes: $0.bytes, size: max(1, $0.bytes.readableBytes))
        }
    }

    func restart(_ renewal: Renewal) {
        machine.restart(renewal.credentials, remoteFragment: renewal.remoteFragment)
    }

    func close() { machine.close() }

    func leave(_ loop: PeerLoop) { onEnd(id, ending) }
}
