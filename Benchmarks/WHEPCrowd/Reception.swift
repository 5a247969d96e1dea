import NIOCore
import RTP

/// What one viewer has received of its picture.
struct Reception {
    /// A frame of which nothing is missing.
    struct Frame {
        /// Whether decoding may begin with it.
        let isKey: Bool
        /// By the desk's clock; nil where the desk does not say.
        let sentAt: NIODeadline?
        /// Of its packets, in the clear.
        fileprivate(set) var lengths: [Int] = []
    }

    struct Mark {
        fileprivate let packets: UInt64
        fileprivate let newest: UInt64?
    }

    private var packets: UInt64 = 0
    /// The index of the newest packet (RFC 3711 §3.3.1).
    private(set) var newest: UInt64?
    /// The one that comes in, while it is whole.
    private var frame: Frame?
    private var isBetweenFrames = true

    var mark: Mark { Mark(packets: packets, newest: newest) }

    func since(_ mark: Mark) -> (packets: UInt64, lost: UInt64) {
        guard let newest, let before = mark.newest else { return (0, 0) }
        let came = packets - mark.packets
        return (came, max(came, newest - before) - came)
    }

    /// - Returns: the frame that ends with the packet.
    mutating func take(_ packet: ByteBuffer, index: UInt64) -> Frame? {
        let followsOn = newest.map { index == $0 + 1 } ?? true
        packets += 1
        newest = max(newest ?? 0, index)
        if !followsOn { frame = nil } else if isBetweenFrames { frame = Frame(beginningWith: packet) }
        frame?.lengths.append(packet.readableBytes)
        isBetweenFrames = packet.getInteger(at: packet.readerIndex + 1, as: UInt8.self).map { $0 & 0x80 != 0 } ?? false
        return isBetweenFrames ? frame.take() : nil
    }
}

extension Reception.Frame {
    private static let typeMask: UInt8 = 0x1F
    private static let aggregate: UInt8 = 24
    private static let sequenceSet: UInt8 = 7

    /// The parameter sets stand before a key frame, alone or at the head of an aggregate (RFC 6184 §5.7.1).
    fileprivate init?(beginningWith packet: ByteBuffer) {
        guard let payload = try? RTPPacket(packet).payload, let head: UInt8 = payload.getInteger(at: payload.readerIndex) else {
            return nil
        }
        let unit = head & Self.typeMask == Self.aggregate ? payload.getInteger(at: payload.readerIndex + 3) ?? head : head
        isKey = unit & Self.typeMask == Self.sequenceSet
        sentAt = DeskClock.read(in: payload)
    }
}

/// What `desk.py` beside this writes into each frame: a name in place of the UUID of user data (H.264 §D.1.7), and the monotonic clock
/// in nanoseconds as hexadecimal digits.
private enum DeskClock {
    private static let name = Array("hemicycle-clock:".utf8)
    private static let digits = 16
    /// Bytes of the frame in which it stands.
    private static let reach = 256

    static func read(in payload: ByteBuffer) -> NIODeadline? {
        let head = payload.readableBytesView.prefix(reach)
        guard let start = head.indices.first(where: { head[$0...].starts(with: name) }) else { return nil }
        let text = payload.getString(at: start + name.count, length: digits)
        return text.flatMap { UInt64($0, radix: 16) }.map(NIODeadline.uptimeNanoseconds)
    }
}
