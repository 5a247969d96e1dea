import FoundationEssentials
import MediaFixtures
import NIOCore
import RTP
import Testing

/// Streams of one second, 30 pictures and a key frame every 15, as ffmpeg and GStreamer packed them; ffmpeg judges what is made of
/// them. Each file holds packets behind their lengths in two bytes.
struct RecordedStreamTests {
    private static let streams: [(String, PictureCoding)] = [
        ("ffmpeg-5.1-h264", .h264), ("gstreamer-1.22-h264", .h264), ("ffmpeg-5.1-vp8", .vp8), ("gstreamer-1.22-vp8", .vp8),
        ("ffmpeg-5.1-vp9", .vp9), ("gstreamer-1.22-vp9", .vp9),
    ]

    private static func packets(_ name: String) throws -> [RTPPacket] {
        let file = URL(filePath: #filePath).appending(path: "../../../Support/RecordedStreams/\(name)").standardized
        var rest = ByteBuffer(bytes: try Data(contentsOf: file))
        var packets: [RTPPacket] = []
        while let datagram = rest.readLengthPrefixedSlice(as: UInt16.self) { packets.append(try RTPPacket(datagram)) }
        return packets
    }

    /// What comes through a jitter buffer whose patience is over at once.
    private static func frames(_ packets: [RTPPacket], _ coding: PictureCoding) -> [CodedFrame] {
        var configuration = JitterBuffer.Configuration()
        configuration.patience = .zero
        var buffer = JitterBuffer(configuration)
        var assembler = FrameAssembler(coding)
        for packet in packets { buffer.insert(packet) }
        var frames: [CodedFrame] = []
        while let output = buffer.next(at: .uptimeNanoseconds(0)) {
            switch output {
            case .packet(let packet): frames += assembler.append(packet)
            case .lost: assembler.lose()
            }
        }
        return frames
    }

    @Test(arguments: streams) func `a stream comes out of disorder whole, and decodes`(name: String, coding: PictureCoding) throws
    {
        var packets = try Self.packets(name)
        for index in stride(from: 1, to: packets.count - 4, by: 7) { packets.swapAt(index, index + 3) }
        let frames = Self.frames(packets, coding)
        #expect(frames.count == 30)
        #expect(frames.count(where: \.isKey) >= 2)
        #expect(try Decoder.complaints(about: coding.file(of: frames)) == "")
    }

    @Test(arguments: streams) func `a lost packet costs the pictures up to the next key frame, and the rest decodes`(
        name: String, coding: PictureCoding
    ) throws {
        var packets = try Self.packets(name)
        packets.remove(at: packets.count / 3)
        let frames = Self.frames(packets, coding)
        #expect(15..<30 ~= frames.count)
        #expect(try Decoder.complaints(about: coding.file(of: frames)) == "")
    }

    @Test(arguments: streams) func `key frames are known by their first packet`(name: String, coding: PictureCoding) throws {
        let packets = try Self.packets(name)
        let begun = Set(packets.filter { coding.beginsKeyFrame($0.payload) }.map(\.header.timestamp))
        #expect(begun == Set(Self.frames(packets, coding).filter(\.isKey).map(\.timestamp)))
    }
}

extension PictureCoding {
    /// A file that ffmpeg reads: units behind start codes for H.264, IVF for the others.
    fileprivate func file(of frames: [CodedFrame]) -> ByteBuffer {
        var file = ByteBuffer()
        if self != .h264 { file.writeIVFHeader(rawValue.uppercased() + "0") }
        for (number, frame) in frames.enumerated() {
            var rest = frame.bytes
            if self == .h264 {
                while let unit = rest.readLengthPrefixedSlice(as: UInt32.self) {
                    file.writeInteger(UInt32(1))
                    file.writeImmutableBuffer(unit)
                }
            } else {
                file.writeMultipleIntegers(UInt32(rest.readableBytes), UInt64(number), endianness: .little)
                file.writeBuffer(&rest)
            }
        }
        return file
    }
}

extension ByteBuffer {
    fileprivate mutating func writeIVFHeader(_ code: String) {
        writeString("DKIF")
        writeMultipleIntegers(UInt16(0), UInt16(32), endianness: .little)
        writeString(code)
        writeMultipleIntegers(UInt16(320), UInt16(180), UInt32(30), UInt32(1), UInt32(0), UInt32(0), endianness: .little)
    }
}
