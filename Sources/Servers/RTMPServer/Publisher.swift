import Codecs
import Media
import NIOCore
import RTMP
import Streams
import Time

/// Makes frames of one desk's messages and hands them to its publication.
struct Publisher {
    /// RTMP counts milliseconds; Enhanced RTMP shows pictures between them.
    static let timescale: Int32 = 1_000_000

    let publication: Publication
    let since: UTCInstant
    private(set) var frames = 0
    private(set) var bytes = 0
    private var line = TimestampUnwrapper()

    init(_ publication: Publication, since: UTCInstant) {
        self.publication = publication
        self.since = since
    }

    /// - Throws: where the desk declares pictures that no browser decodes.
    mutating func take(_ tag: VideoTag, timestamp: UInt32, at now: UTCInstant) throws(CodecError) {
        switch tag {
        case .configuration(let record):
            publication.declare(.picture(try AVCConfiguration(record).pictureFormat))
        case .picture(let picture):
            deliver(.picture, picture.payload, timestamp, picture.presentationOffset, isKey: picture.isKey, at: now)
        case .endOfSequence, .nothing, .foreign:
            break
        }
    }

    /// - Throws: where the desk declares sound that no browser decodes.
    mutating func take(_ tag: AudioTag, timestamp: UInt32, at now: UTCInstant) throws(CodecError) {
        switch tag {
        case .configuration(let configuration):
            publication.declare(.sound(try AudioSpecificConfig(configuration).soundFormat))
        case .sound(let payload):
            deliver(.sound, payload, timestamp, 0, isKey: true, at: now)
        case .nothing, .foreign:
            break
        }
    }

    /// One line for both tracks: a step of either moves it on.
    private mutating func deliver(
        _ kind: TrackKind, _ payload: ByteBuffer, _ timestamp: UInt32, _ offset: Int64, isKey: Bool, at now: UTCInstant
    ) {
        frames += 1
        bytes += payload.readableBytes
        let time = MediaTime(ticks: line.unwrap(timestamp), timescale: 1000).rescaled(to: Self.timescale)
        publication.deliver(
            MediaFrame(
                kind: kind, decodeTime: time, presentationOffset: max(0, offset), isKey: isKey, payload: payload,
                receivedAt: now))
    }
}
