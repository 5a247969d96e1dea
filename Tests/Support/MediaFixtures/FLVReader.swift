import Media
import NIOCore
import Time

/// Reads the FLV that `ffmpeg` writes (Adobe Flash Video File Format 10.1, annex E): H.264 and AAC only.
struct FLVReader {
    var bytes: ByteBuffer
    let camera: Camera

    mutating func items() throws -> [FeedItem] {
        bytes.moveReaderIndex(forwardBy: 9 + 4)
        var items: [FeedItem] = []
        while let tag = try nextTag() {
            if let item = try item(of: tag) { items.append(item) }
        }
        return items
    }

    private struct Tag {
        let type: UInt8
        let milliseconds: Int64
        var body: ByteBuffer
    }

    private mutating func nextTag() throws -> Tag? {
        guard bytes.readableBytes >= 11 else { return nil }
        // Size and stream number have three bytes; time has three and then the one above them.
        guard
            let (type, high, low, time, _, _) = bytes.readMultipleIntegers(
                as: (UInt8, UInt8, UInt16, UInt32, UInt8, UInt16).self)
        else { throw Camera.Failure.malformedFLV }
        let size = Int(high) << 16 | Int(low)
        let milliseconds = Int64(time >> 8) | Int64(time & 0xff) << 24
        guard let body = bytes.readSlice(length: size) else { throw Camera.Failure.malformedFLV }
        bytes.moveReaderIndex(forwardBy: 4)
        return Tag(type: type, milliseconds: milliseconds, body: body)
    }

    private func item(of tag: Tag) throws -> FeedItem? {
        switch tag.type {
        case 8: try sound(tag)
        case 9: try picture(tag)
        default: nil
        }
    }

    private func sound(_ tag: Tag) throws -> FeedItem {
        var body = tag.body
        guard let (_, packet) = body.readMultipleIntegers(as: (UInt8, UInt8).self) else { throw Camera.Failure.malformedFLV }
        guard packet == 1 else { return .format(.sound(soundFormat(body))) }
        return .frame(frame(.sound, tag.milliseconds, offset: 0, isKey: true, body))
    }

    private func picture(_ tag: Tag) throws -> FeedItem? {
        var body = tag.body
        guard let (kind, packet, high, low) = body.readMultipleIntegers(as: (UInt8, UInt8, UInt8, UInt16).self) else {
            throw Camera.Failure.malformedFLV
        }
        switch packet {
        case 0: return .format(.picture(pictureFormat(body)))
        case 1:
            return .frame(frame(.picture, tag.milliseconds, offset: Int64(high) << 16 | Int64(low), isKey: kind >> 4 == 1, body))
        default: return nil
        }
    }

    private func frame(_ kind: TrackKind, _ time: Int64, offset: Int64, isKey: Bool, _ payload: ByteBuffer) -> MediaFrame {
        MediaFrame(
            kind: kind, decodeTime: MediaTime(ticks: time, timescale: 1000), presentationOffset: offset, isKey: isKey,
            payload: payload, receivedAt: UTCInstant(microseconds: time * 1000))
    }

    private func pictureFormat(_ body: ByteBuffer) -> PictureFormat {
        let record = Array(body.readableBytesView)
        let profile = record[1...3].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return PictureFormat(
            codec: .h264, codecs: "avc1.\(profile)", width: camera.width, height: camera.height, configuration: record,
            reorders: camera.reordering > 0)
    }

    private func soundFormat(_ body: ByteBuffer) -> SoundFormat {
        SoundFormat(
            codec: .aac, codecs: "mp4a.40.2", sampleRate: Int32(camera.sampleRate), channels: 1, samplesPerFrame: 1024,
            configuration: Array(body.readableBytesView))
    }
}
