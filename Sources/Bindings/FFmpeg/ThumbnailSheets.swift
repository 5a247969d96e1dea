import Time

/// Small pictures of a recording in regular distance, many in one JPEG, for a player's time line.
package final class ThumbnailSheets {
    /// A JPEG of at most `columns` × `rows` pictures.
    package struct Sheet: Sendable {
        package let jpeg: [UInt8]
        package let tiles: [Tile]
    }

    /// One picture: the time that it stands for, and where it lies in its sheet: `x,y,width,height`.
    package struct Tile: Hashable, Sendable {
        package let start: Duration
        package let end: Duration
        package let place: String
    }

    package static let distance: Duration = .seconds(10)
    private static let width: Int32 = 160
    private static let (columns, rows): (Int, Int) = (10, 10)
    /// libavcodec's scale from 1, the best, to 31.
    private static let quality: Int32 = 6

    private let reader: KeyFrameReader
    private let start: Duration
    private let end: Duration
    private var time: Duration
    private let frame: Frame
    /// What the next picture is brought to; made with the first.
    private var scaled: Frame?

    /// - Parameters:
    ///   - path: an MP4 with an index.
    ///   - start: when its picture begins and ends.
    /// - Returns: nil where it has none.
    package init?(_ path: String, from start: Duration, to end: Duration) throws(FFmpegError) {
        guard let reader = try KeyFrameReader(path) else { return nil }
        frame = try Frame()
        self.reader = reader
        self.start = start
        self.end = end
        time = start
    }

    /// The next sheet; nil behind the last. Each picture is the key frame at or before its time.
    ///
    /// - Parameter progress: told after each picture how much of the whole is done, from 0 to 1.
    package func next(progress: (Double) -> Void) throws(FFmpegError) -> Sheet? {
        let left = max(0, Int(((end - time) / Self.distance).rounded(.up)))
        guard left > 0, let height = try firstHeight() else { return nil }
        let count = min(left, Self.columns * Self.rows)
        let (across, down) = (min(count, Self.columns), (count + Self.columns - 1) / Self.columns)
        let sheet = try Frame.picture(width: Int32(across) * Self.width, height: Int32(down) * height)
        sheet.blacken()
        var tiles: [Tile] = []
        for place in 0..<count {
            let (x, y) = (Int32(place % Self.columns) * Self.width, Int32(place / Self.columns) * height)
            try take(at: time, onto: sheet, x: x, y: y)
            let until = min(time + Self.distance, end)
            tiles.append(Tile(start: time, end: until, place: "\(x),\(y),\(Self.width),\(height)"))
            time = until
            progress(min(1, (time - start) / (end - start)))
        }
        return Sheet(jpeg: try sheet.jpeg(quality: Self.quality), tiles: tiles)
    }

    /// The height of all pictures, by the first; nil where none can be decoded.
    private func firstHeight() throws(FFmpegError) -> Int32? {
        if let known = scaled?.height { return known }
        guard try reader.read(at: time, into: frame) else { return nil }
        let height = min(frame.height(atWidth: Self.width), 2 * Self.width)
        scaled = try Frame.picture(width: Self.width, height: height)
        return height
    }

    private func take(at time: Duration, onto sheet: borrowing Frame, x: Int32, y: Int32) throws(FFmpegError) {
        guard try reader.read(at: time, into: frame) else { return }
        switch scaled {
        case .some(let target):
            try PictureScaler(like: frame, for: target).scale(frame, into: target)
            sheet.paste(target, x: x, y: y)
        case .none: return
        }
    }
}
