import NIOCore

/// The body of a message in the headers of Enhanced RTMP (v2, ExVideoTagHeader and ExAudioTagHeader), read as far as what its
/// codec has put there.
///
///     type ─┬─ modifier: length, data, type ─▶ (again)
///           ├─ several tracks: layout and type, codec, then for each track its id, length and payload
///           └─ otherwise: codec, payload
///
/// Of several tracks the default one counts, whose id is 0; the others are left out.
struct EnhancedBody {
    let codec: FourCC
    /// Video and audio number them apart, beyond the first three.
    let packetType: UInt8
    /// Added to when it is shown; less than a millisecond from an encoder in its senses.
    let nanoseconds: Int64
    let payload: ByteBuffer

    /// The packet type under which several tracks are carried, which video and audio number apart.
    enum Multitrack: UInt8 {
        case sound = 5
        case picture = 6
    }
}

extension EnhancedBody {
    /// Modifiers that may precede the real packet type: only one kind is defined.
    private static let maximumModifiers = 8
    private static let modifier: UInt8 = 7
    private static let defaultTrack: UInt8 = 0

    /// How the tracks of one message stand in it.
    private enum Layout: UInt8 {
        case oneTrack = 0
        case manyTracks = 1
        /// Each track names its own codec.
        case manyCodecs = 2
    }

    /// Nil where nothing of it belongs to the default track.
    init?(_ packetType: UInt8, _ multitrack: Multitrack, _ input: inout ByteBuffer) throws(RTMPError) {
        var type = packetType
        nanoseconds = try Self.readModifiers(&type, &input)
        guard type == multitrack.rawValue else {
            codec = try FourCC(&input)
            (self.packetType, payload) = (type, input.slice())
            return
        }
        guard let track = try Self.readDefaultTrack(&type, &input) else { return nil }
        (codec, payload) = track
        self.packetType = type
    }

    /// Reads past the modifiers to the packet type behind them.
    private static func readModifiers(_ type: inout UInt8, _ input: inout ByteBuffer) throws(RTMPError) -> Int64 {
        var nanoseconds: Int64 = 0
        for _ in 0..<maximumModifiers where type == modifier {
            guard var data = readModifierData(&input), let next: UInt8 = input.readInteger() else {
                throw RTMPError(.malformed, "A message ends within a modifier of Enhanced RTMP.")
            }
            if next >> 4 == 0, let offset = data.readUInt24() { nanoseconds = Int64(offset) }
            type = next & 0x0F
        }
        return nanoseconds
    }

    /// One byte says how long it is, or that two more do.
    private static func readModifierData(_ input: inout ByteBuffer) -> ByteBuffer? {
        guard let short: UInt8 = input.readInteger() else { return nil }
        guard short == .max else { return input.readSlice(length: Int(short) + 1) }
        return input.readInteger(as: UInt16.self).flatMap { input.readSlice(length: Int($0) + 1) }
    }

    private static func readDefaultTrack(
        _ type: inout UInt8, _ input: inout ByteBuffer
    ) throws(RTMPError) -> (FourCC, ByteBuffer)? {
        guard let head: UInt8 = input.readInteger(), let layout = Layout(rawValue: head >> 4) else {
            throw RTMPError(.malformed, "Tracks of Enhanced RTMP in a layout that is none of the three.")
        }
        type = head & 0x0F
        let shared = layout == .manyCodecs ? nil : try FourCC(&input)
        while input.readableBytes > 0 {
            let codec = if let shared { shared } else { try FourCC(&input) }
            guard let id: UInt8 = input.readInteger(), let payload = readTrack(layout, &input) else {
                throw RTMPError(.malformed, "A message ends within a track of Enhanced RTMP.")
            }
            if id == defaultTrack { return (codec, payload) }
        }
        return nil
    }

    private static func readTrack(_ layout: Layout, _ input: inout ByteBuffer) -> ByteBuffer? {
        guard layout == .oneTrack else { return input.readUInt24().flatMap { input.readSlice(length: Int($0)) } }
        return input.readSlice(length: input.readableBytes)
    }
}
