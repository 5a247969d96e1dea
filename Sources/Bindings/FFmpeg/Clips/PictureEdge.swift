import CFFmpeg
import Media

/// One end of a clip that does not lie on a key frame: decodes the pictures there and encodes those that are wanted.
@safe final class PictureEdge {
    private let stream: UnsafeMutablePointer<AVStream>
    private let wanted: Range<Int64>
    /// How much later than decoded the pictures are shown, as it is where they are joined to those that are copied.
    private let delay: Int64
    private let decoder: CodecContext
    private let frame: Frame
    private let output: Packet
    private var encoder: CodecContext?

    /// - Parameter wanted: presentation times, in ticks of the track.
    init(_ stream: UnsafeMutablePointer<AVStream>, wanted: Range<Int64>, delay: Int64) throws(FFmpegError) {
        unsafe self.stream = stream
        self.wanted = wanted
        self.delay = delay
        decoder = try unsafe CodecContext.decoder(of: stream.pointee.codecpar)
        frame = try Frame()
        output = try Packet()
    }

    /// Takes the next packet of the track, from a key frame on; nil when there are no more.
    func take(
        _ packet: UnsafeMutablePointer<AVPacket>?, write: (borrowing Packet) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        _ = try unsafe decoder.send(packet)
        while try decoder.receive(into: frame) == .done {
            guard wanted.contains(unsafe frame.pointer.pointee.pts) else { continue }
            try encode(write)
        }
    }

    private func encode(_ write: (borrowing Packet) throws(FFmpegError) -> Void) throws(FFmpegError) {
        if encoder == nil { encoder = try unsafe CodecContext.pictureEncoder(like: frame, of: stream) }
        let duration = unsafe frame.pointer.pointee.pkt_duration
        unsafe frame.pointer.pointee.pict_type = AV_PICTURE_TYPE_NONE
        switch encoder {
        case .some(let encoder):
            try encoder.send(frame)
            while try encoder.receive(into: output) == .done {
                let pointer = unsafe output.pointer
                unsafe pointer.pointee.dts = pointer.pointee.pts.subtractingReportingOverflow(delay).partialValue
                unsafe pointer.pointee.duration = duration
                try write(output)
            }
        case .none: return
        }
    }
}
