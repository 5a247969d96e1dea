import Codecs
import Media
import NIOCore
import RTP
import Time

/// Makes the packets of a feed's H.264 pictures, as they go to every viewer.
struct PicturePacketiser {
    /// Bytes of one payload at most: with all headers a datagram has 1,266, and IPv6 carries 1,280 everywhere.
    static let maximumPayload = 1160

    private let lengthSize: Int
    /// Goes before each key frame, so that decoding may begin there.
    private let parameterSets: [ByteBuffer]
    private let packetiser = H264Packetiser(maximumPayload: maximumPayload)

    init(_ format: PictureFormat) throws(CodecError) {
        let configuration = try AVCConfiguration(ByteBuffer(bytes: format.configuration))
        lengthSize = configuration.lengthSize
        parameterSets = (configuration.sequenceParameterSets + configuration.pictureParameterSets).map { ByteBuffer(bytes: $0) }
    }

    /// Nil for a frame that has nothing in it.
    func group(_ frame: MediaFrame) -> PacketGroup? {
        let units = units(of: frame.payload)
        let payloads = packetiser.packetise(frame.isKey ? parameterSets + units : units)
        guard !units.isEmpty, !payloads.isEmpty else { return nil }
        let shown = frame.decodeTime + MediaTime(ticks: frame.presentationOffset, timescale: frame.decodeTime.timescale)
        let packets = payloads.enumerated().map { place, payload in
            PacketGroup.Packet(payload: payload, hasMarker: place == payloads.count - 1)
        }
        return PacketGroup(
            kind: .picture, isKey: frame.isKey, time: shown.rescaled(to: PictureCoding.clockRate),
            instant: UTCInstant(microseconds: shown.duration.microseconds), packets: packets)
    }

    /// The NAL units behind their lengths (ISO/IEC 14496-15 §5.2.3), up to a torn one.
    private func units(of payload: ByteBuffer) -> [ByteBuffer] {
        var (rest, units) = (payload, [ByteBuffer]())
        while let length = readLength(&rest), let unit = rest.readSlice(length: length) {
            if unit.readableBytes > 0 { units.append(unit) }
        }
        return units
    }

    private func readLength(_ input: inout ByteBuffer) -> Int? {
        switch lengthSize {
        case 1: input.readInteger(as: UInt8.self).map(Int.init)
        case 2: input.readInteger(as: UInt16.self).map(Int.init)
        default: input.readInteger(as: UInt32.self).map(Int.init)
        }
    }
}
