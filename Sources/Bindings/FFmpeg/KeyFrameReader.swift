import CFFmpeg
import Media
import Time

/// Decodes single pictures of a file, wherever they stand.
@safe final class KeyFrameReader {
    private let input: InputFile
    private let stream: UnsafeMutablePointer<AVStream>
    private let decoder: CodecContext
    private let packet: Packet

    /// Packets that are read in search of a picture, at most.
    private static let maximumPackets = 1000

    /// - Parameter path: an MP4 with an index.
    /// - Returns: nil where the file has no picture.
    init?(_ path: String) throws(FFmpegError) {
        let input = try InputFile(path)
        guard let stream = unsafe input.firstStream(of: .picture) else { return nil }
        guard unsafe stream.pointee.time_base.den > 0 else {
            throw FFmpegError(.invalidData, while: "finding the picture of \(path)")
        }
        decoder = try unsafe CodecContext.decoder(of: stream.pointee.codecpar)
        packet = try Packet()
        unsafe self.stream = stream
        self.input = input
    }

    /// Decodes the key frame at or before `time`, counted from the start of the file.
    ///
    /// - Returns: false where there is none.
    func read(at time: Duration, into frame: borrowing Frame) throws(FFmpegError) -> Bool {
        let ticks = unsafe MediaTime(time, timescale: stream.pointee.time_base.den).ticks
        let context = unsafe input.context
        try check("finding a picture") { unsafe av_seek_frame(context, stream.pointee.index, ticks, AVSEEK_FLAG_BACKWARD) }
        decoder.restart()
        for _ in 0..<Self.maximumPackets {
            guard try input.read(into: packet) == .done else { break }
            guard unsafe packet.pointer.pointee.stream_index == stream.pointee.index else { continue }
            // One picture is wanted: the decoder need not wait for those that may come before it.
            return try unsafe decode(packet.pointer, into: frame)
        }
        return false
    }

    private func decode(_ packet: UnsafeMutablePointer<AVPacket>, into frame: borrowing Frame) throws(FFmpegError) -> Bool {
        unsafe packet.pointee.flags &= ~AV_PKT_FLAG_DISCARD
        _ = try unsafe decoder.send(packet)
        _ = try unsafe decoder.send(nil)
        return try decoder.receive(into: frame) == .done
    }
}
