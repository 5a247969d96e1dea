import Files
import FoundationEssentials
import Identifiers
import Time

extension RecordingFinishing {
    /// The chapters of all files, for programs.
    private struct List: Encodable {
        struct Chapter: Encodable {
            let at: ExactInstant
            let title: String
            let source: RecordingChapter.Source
            let file: String
            let seconds: Double
        }

        let format = RecordingManifest.currentFormat
        let recording: String
        let chapters: [Chapter]
    }

    /// Writes the chapters of each MP4 as WebVTT, and of all as JSON; nothing where there are none.
    func writeChapters() throws(RecordingError) {
        var list: [List.Chapter] = []
        for (place, product) in manifest.products.enumerated() {
            let placed = PlacedChapter.place(chapters, from: product.from.instant, to: product.to.instant)
            guard !placed.isEmpty else { continue }
            let name = ProductNames(piece: place, of: manifest.products.count).chapters
            try write(WebVTT.text(placed.map { .init(start: $0.start, end: $0.end, text: $0.source.title) }), as: name)
            list += placed.map {
                List.Chapter(
                    at: ExactInstant($0.source.at), title: $0.source.title, source: $0.source.source, file: product.file,
                    seconds: $0.start.inSeconds)
            }
        }
        guard !list.isEmpty else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes = try? encoder.encode(List(recording: manifest.recording.description, chapters: list))
        try write(String(decoding: bytes ?? Data(), as: UTF8.self) + "\n", as: "chapters.json")
    }

    func write(_ text: String, as name: String) throws(RecordingError) {
        try filing { () throws(FileError) in try recording.folder.replace(name, with: Array(text.utf8)) }
    }
}
