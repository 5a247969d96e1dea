import CFFmpeg
import Time

/// Chapters in an MP4: libavformat writes them as a text track that the others refer to (QuickTime), and in a list in the index.
package enum ChapterTrack {
    package struct Chapter: Hashable, Sendable {
        /// From the beginning of the file.
        package let start: Duration
        package let end: Duration
        package let title: String

        package init(start: Duration, end: Duration, title: String) {
            self.start = start
            self.end = end
            self.title = title
        }
    }
}

extension OutputFile {
    /// Adds chapters, in the order of time, before `begin`. libavformat frees them with the file.
    func add(_ chapters: [ChapterTrack.Chapter]) throws(FFmpegError) {
        guard !chapters.isEmpty, unsafe context.pointee.chapters == nil else { return }
        let size = unsafe MemoryLayout<UnsafeMutablePointer<AVChapter>?>.stride
        guard let list = unsafe av_calloc(chapters.count, size) else {
            throw FFmpegError(.noMemory, while: "adding chapters")
        }
        let places = unsafe list.bindMemory(to: UnsafeMutablePointer<AVChapter>?.self, capacity: chapters.count)
        unsafe context.pointee.chapters = places
        for (place, chapter) in chapters.enumerated() {
            unsafe places[place] = try Self.make(chapter, id: Int64(place))
            unsafe context.pointee.nb_chapters += 1
        }
    }

    private static func make(
        _ chapter: ChapterTrack.Chapter, id: Int64
    ) throws(FFmpegError) -> UnsafeMutablePointer<AVChapter> {
        guard let memory = unsafe av_mallocz(MemoryLayout<AVChapter>.size) else {
            throw FFmpegError(.noMemory, while: "adding a chapter")
        }
        let made = unsafe memory.bindMemory(to: AVChapter.self, capacity: 1)
        unsafe made.pointee.id = id
        unsafe made.pointee.time_base = AVRational(num: 1, den: 1000)
        unsafe made.pointee.start = chapter.start.microseconds / 1000
        unsafe made.pointee.end = chapter.end.microseconds / 1000
        unsafe av_dict_set(&made.pointee.metadata, "title", chapter.title, 0)
        return unsafe made
    }
}
