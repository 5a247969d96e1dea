import FFmpeg
import Files
import Media
import Time

extension RecordingFinishing {
    /// Samples; what a list of recordings shows on a sharp screen.
    private static let posterWidth: Int32 = 640
    /// Where in the recording the poster is taken: past the slate, before the farewell.
    private static let posterPlace = 0.1

    /// A picture of the recording, and small ones of each file for its player.
    func takePictures(of pieces: [RecordingPiece], progress: (Double) -> Void) throws(RecordingError) {
        let pictures = zip(pieces, manifest.products).map { $0.picture(in: $1) }
        try makePoster(pictures.compactMap(\.self))
        for (place, picture) in pictures.enumerated() {
            guard let picture else { continue }
            try makeThumbnails(picture, ProductNames(piece: place, of: pictures.count)) {
                progress((Double(place) + $0) / Double(pictures.count))
            }
        }
    }

    /// Takes the poster from the file with the longest picture; none where none has one.
    private func makePoster(_ pictures: [RecordingPiece.Picture]) throws(RecordingError) {
        guard let longest = pictures.max(by: { $0.length < $1.length }) else { return }
        let jpeg = try extracting { () throws(FFmpegError) in
            try PosterExtractor.jpeg(
                from: recording.path.appending(longest.file).text, at: longest.start + longest.length * Self.posterPlace,
                width: Self.posterWidth)
        }
        guard let jpeg else { return }
        try filing { () throws(FileError) in try recording.folder.replace(RecordingFolder.posterName, with: jpeg) }
    }

    /// Sheets of thumbnails, and the list that says where each of them lies.
    private func makeThumbnails(
        _ picture: RecordingPiece.Picture, _ names: ProductNames, progress: (Double) -> Void
    ) throws(RecordingError) {
        let path = recording.path.appending(picture.file).text
        var (sheets, cues) = (0, [WebVTT.Cue]())
        guard
            let maker = try extracting({ () throws(FFmpegError) in
                try ThumbnailSheets(path, from: picture.start, to: picture.start + picture.length)
            })
        else { return }
        while let sheet = try extracting({ () throws(FFmpegError) in try maker.next(progress: progress) }) {
            let name = names.sheet(sheets)
            try filing { () throws(FileError) in try recording.folder.replace(name, with: sheet.jpeg) }
            cues += sheet.tiles.map { .init(start: $0.start, end: $0.end, text: "\(name)#xywh=\($0.place)") }
            sheets += 1
        }
        if !cues.isEmpty { try write(WebVTT.text(cues), as: names.thumbnails) }
    }

    private func extracting<Result: ~Copyable>(_ work: () throws(FFmpegError) -> Result) throws(RecordingError) -> Result {
        do {
            return try work()
        } catch {
            throw RecordingError(error)
        }
    }
}

extension RecordingPiece {
    /// The picture of a piece, in the file that was made of it.
    fileprivate struct Picture {
        let file: String
        /// From the beginning of the file.
        let start: Duration
        let length: Duration
    }

    fileprivate func picture(in product: RecordingManifest.Product) -> Picture? {
        guard let part = parts[.picture], let from else { return nil }
        return Picture(file: product.file, start: (part.from - from).duration, length: (part.to - part.from).duration)
    }
}
