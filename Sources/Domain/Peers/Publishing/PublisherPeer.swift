import Media
package import NIOCore
import RTP
package import SecureTransport
package import Time
package import WebRTC

/// One frame of a publisher, whole and in order: as packets for those who watch by WHEP, and as coded.
package struct ReceivedFrame: Sendable {
    package let group: PacketGroup
    /// As `CodedFrame` has it, or one packet of Opus.
    package let coded: ByteBuffer
    package let receivedAt: UTCInstant
}

package enum PublisherEvent: Sendable {
    case connected
    case frame(ReceivedFrame)
    case closed(PeerEnding)
}

/// One who publishes by WHIP: the way to it, and the streams that come on it, without socket and clock.
///
/// Do one thing to it, then take `nextEvent` and `nextDatagram` until there is none of either, and call `handleDeadline` when
/// `deadline` has come. One event loop owns it. What is lost is asked for again, and after what stays lost a key frame.
package struct PublisherPeer: ~Copyable {
    /// How often what arrived is reported to a sender that counts all its packets together.
    static let feedbackInterval = TimeAmount.milliseconds(50)
    /// Bits a second that a publisher is encouraged to send at the most, where it waits to be told.
    static let maximumBitrate: UInt64 = 6_000_000
    static let reportInterval = TimeAmount.seconds(1)

    var transport: PeerTransport
    let clock: PeerClock
    let name: String
    let extensions: ExtensionMap
    var streams: [InboundStream]
    var arrivals = ArrivalRecorder()
    var events = CircularBuffer<PublisherEvent>()
    var outgoing = CircularBuffer<PeerDatagram>()
    var feedbackDeadline: NIODeadline?
    var reportDeadline: NIODeadline?

    package init(
        _ peer: NegotiatedPeer, as local: LocalPeer, identity: DTLSIdentity, clock: PeerClock, at now: NIODeadline
    ) throws(DTLSError) {
        transport = try PeerTransport(PeerSetup(peer, credentials: local.credentials), identity: identity, at: now)
        self.clock = clock
        name = local.name
        streams = peer.sections.map { InboundStream($0) }
        extensions = peer.sections.reduce(into: [:]) { map, section in
            for kind in HeaderExtension.allCases { map[kind] = map[kind] ?? section.offered.extensions[kind] }
        }
    }

    package var isConnected: Bool { transport.isConnected }
    package var isClosed: Bool { transport.isClosed }
    package var path: ICEPath? { transport.path }
    package var credentials: ICECredentials { transport.credentials }
    package var dropped: DropCounts { transport.dropped }

    package var statistics: PublisherStatistics {
        var statistics = PublisherStatistics()
        for stream in streams {
            if stream.kind == .picture { statistics.picture = stream.statistics } else { statistics.sound = stream.statistics }
            statistics.roundTrip = stream.roundTrip ?? statistics.roundTrip
        }
        return statistics
    }

    /// New credentials on both sides (RFC 8445 §9); media goes on meanwhile.
    package mutating func restart(_ credentials: ICECredentials, remoteFragment: String?) {
        transport.restart(credentials, remoteFragment: remoteFragment)
    }

    /// Says goodbye; what is to be sent is still taken with `nextDatagram`.
    package mutating func close() {
        transport.close()
        outgoing.removeAll()
        events.removeAll()
    }

    package mutating func nextEvent() -> PublisherEvent? { events.popFirst() }

    package mutating func nextDatagram() -> PeerDatagram? { outgoing.popFirst() ?? transport.nextDatagram() }

    /// A viewer cannot go on without a key frame. Requests are put together, and repeated until one comes.
    package mutating func requestKeyFrame(at now: NIODeadline) {
        for place in streams.indices { streams[place].requestKeyFrame(at: now) }
        sendFeedback(at: now)
    }
}
