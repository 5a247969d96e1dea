import NIOCore
import Peers
import WebRTC

/// The UDP sockets of one loop, one for each address that is listened on, and what waits on them and on streams to be flushed.
struct DatagramSockets {
    /// Bytes that are gathered at most before the kernel is given them: those who are served first do not wait for the last, and
    /// what is encrypted is sent while it is in the processor's cache.
    private static let batch = 256 << 10

    private var channels: [(any Channel)?] = []
    private var streams: [ObjectIdentifier: any Channel] = [:]
    private var gathered = 0
    /// Whether the kernel cuts trains (UDP_SEGMENT).
    private(set) var cutsTrains = System.supportsUDPSegmentationOffload

    mutating func set(_ channel: (any Channel)?, at place: Int) {
        while channels.count <= place { channels.append(nil) }
        channels[place] = channel
    }

    var all: [any Channel] { channels.compactMap { $0 } }

    /// The kernel, or a device below it, has refused a train: from here on each datagram is written by itself.
    mutating func cutTrainsOurselves() { cutsTrains = false }

    func isWritable(_ exit: PeerLoop.Exit) -> Bool {
        switch exit {
        case .datagrams(let place): channels.indices.contains(place) && channels[place]?.isWritable == true
        case .stream(let channel): channel.isWritable
        }
    }

    mutating func write(_ train: DatagramTrain, by exit: PeerLoop.Exit) {
        switch exit {
        case .datagrams(let place):
            guard channels.indices.contains(place), let channel = channels[place] else { return }
            write(train, to: channel)
        case .stream(let channel):
            var framed = ByteBuffer()
            framed.reserveCapacity(train.bytes.readableBytes + 2 * train.count)
            for datagram in train.datagrams { StreamFraming.write(datagram, into: &framed) }
            channel.write(framed, promise: nil)
            streams[ObjectIdentifier(channel)] = channel
        }
        gathered += train.bytes.readableBytes
        if gathered >= Self.batch { flush() }
    }

    private func write(_ train: DatagramTrain, to channel: any Channel) {
        guard train.count > 1, cutsTrains else {
            for datagram in train.datagrams {
                channel.write(AddressedEnvelope(remoteAddress: train.path.remote, data: datagram), promise: nil)
            }
            return
        }
        let cut = AddressedEnvelope<ByteBuffer>.Metadata(
            ecnState: .transportNotCapable, packetInfo: nil, segmentSize: train.size)
        channel.write(AddressedEnvelope(remoteAddress: train.path.remote, data: train.bytes, metadata: cut), promise: nil)
    }

    mutating func flush() {
        for channel in channels { channel?.flush() }
        for channel in streams.values { channel.flush() }
        streams.removeAll(keepingCapacity: true)
        gathered = 0
    }
}

extension DatagramTrain {
    /// Each by itself.
    var datagrams: [ByteBuffer] {
        var (rest, datagrams) = (bytes, [ByteBuffer]())
        while rest.readableBytes > 0, let datagram = rest.readSlice(length: min(size, rest.readableBytes)) {
            datagrams.append(datagram)
        }
        return datagrams
    }
}
