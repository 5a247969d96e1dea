import CFFmpeg
import NIOCore

/// One of libavcodec's packets, used again for each frame.
@safe struct Packet: ~Copyable {
    let pointer: UnsafeMutablePointer<AVPacket>

    init() throws(FFmpegError) {
        unsafe self.pointer = try allocated("making a packet", av_packet_alloc())
    }

    deinit {
        var pointer: UnsafeMutablePointer<AVPacket>? = unsafe pointer
        unsafe av_packet_free(&pointer)
    }

    /// Lets the packet stand for `payload` while `body` runs, without a copy. The packet is blank again afterwards.
    func borrow(
        _ payload: ByteBuffer, _ body: (UnsafeMutablePointer<AVPacket>) throws(FFmpegError) -> Void
    ) throws(FFmpegError) {
        guard let size = Int32(exactly: payload.readableBytes) else {
            throw FFmpegError(.invalidArgument, while: "taking a frame")
        }
        let result = unsafe payload.withUnsafeReadableBytes { bytes in
            let start = unsafe bytes.bindMemory(to: UInt8.self).baseAddress
            unsafe pointer.pointee.data = unsafe UnsafeMutablePointer(mutating: start)
            unsafe pointer.pointee.size = size
            defer { unsafe av_packet_unref(pointer) }
            return Result { () throws(FFmpegError) in try unsafe body(pointer) }
        }
        try result.get()
    }
}
