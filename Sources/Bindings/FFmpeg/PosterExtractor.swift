import Time

/// Makes a still picture from a recording.
package enum PosterExtractor {
    /// libavcodec's scale from 1, the best, to 31; 4 looks like the video itself.
    private static let quality: Int32 = 4

    /// The picture shown by the key frame at or before `time`, as JPEG, `width` samples wide.
    ///
    /// - Parameters:
    ///   - path: an MP4 with an index.
    ///   - time: from the start of the file.
    ///   - width: at least 2, even.
    /// - Returns: nil where the file has no picture.
    package static func jpeg(from path: String, at time: Duration, width: Int32) throws(FFmpegError) -> [UInt8]? {
        guard let reader = try KeyFrameReader(path) else { return nil }
        let frame = try Frame()
        guard try reader.read(at: time, into: frame) else { return nil }
        let poster = try Frame.picture(width: width, height: frame.height(atWidth: width))
        try PictureScaler(like: frame, for: poster).scale(frame, into: poster)
        return try poster.jpeg(quality: quality)
    }
}
