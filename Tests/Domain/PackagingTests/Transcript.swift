import Media
import MediaFixtures
import NIOCore
import Packaging
import Streams
import Time

/// A feed on the wall clock, as a reader of it is told, and what a chunker makes of it.
struct Transcript {
    /// The origin of the session, and a minute later the beginning of the feed.
    static let origin = UTCInstant(microseconds: 1_623_844_800_000_000)
    static let beginning = origin.advanced(by: .seconds(60))

    private(set) var events: [FeedEvent] = []

    init(_ camera: Camera, from seconds: Double = 0) throws {
        try append(camera, at: seconds)
    }

    init(_ events: [FeedEvent]) {
        self.events = events
    }

    /// The camera's frames, `seconds` after the beginning.
    mutating func append(_ camera: Camera, at seconds: Double) throws {
        let shift = MediaTime(.microseconds(Self.beginning.microseconds) + .seconds(seconds), timescale: 90_000)
        events += try camera.record().map { item in
            switch item {
            case .format(let format): .format(format)
            case .frame(let frame): .frame(frame.moved(by: shift))
            }
        }
    }

    mutating func append(_ event: FeedEvent) {
        events.append(event)
    }

    /// Leaves out what does not satisfy `isKept`.
    func filter(_ isKept: (FeedEvent) -> Bool) -> Transcript {
        Transcript(events.filter(isKept))
    }

    func chunked(firstSegment: Int64 = 60, _ configure: (inout FeedChunker.Configuration) -> Void = { _ in }) -> Chunks {
        var configuration = FeedChunker.Configuration()
        configure(&configuration)
        var chunker = FeedChunker(origin: Self.origin, firstSegment: firstSegment, configuration: configuration)
        return Chunks(outputs: events.flatMap { chunker.consume($0) })
    }
}

/// What a chunker made.
struct Chunks {
    let outputs: [ChunkerOutput]

    subscript(kind: TrackKind) -> [Chunk] {
        outputs.compactMap { if case .chunk(let chunk) = $0, chunk.kind == kind { chunk } else { nil } }
    }

    func initialisations(_ kind: TrackKind) -> [Initialisation] {
        outputs.compactMap { output in
            if case .initialisation(let section) = output, section.format.kind == kind { section } else { nil }
        }
    }

    /// The chunks of each segment of a track, by its media sequence number.
    func segments(_ kind: TrackKind) -> [(number: Int64, chunks: [Chunk])] {
        Dictionary(grouping: self[kind], by: \.segment).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// One file of a stretch of a track: the initialisation section and its chunks.
    func file(_ kind: TrackKind, stretch: Int) -> ByteBuffer {
        var file = initialisations(kind).first { $0.stretch == stretch }?.bytes ?? ByteBuffer()
        for chunk in self[kind] where chunk.stretch == stretch { file.writeImmutableBuffer(chunk.bytes) }
        return file
    }
}

extension MediaFrame {
    func moved(by shift: MediaTime) -> MediaFrame {
        let time = shift + decodeTime
        let offset = MediaTime(ticks: presentationOffset, timescale: decodeTime.timescale)
        return MediaFrame(
            kind: kind, decodeTime: time, presentationOffset: offset.rescaled(to: time.timescale).ticks, isKey: isKey,
            payload: payload, receivedAt: UTCInstant(microseconds: time.duration.microseconds))
    }
}

extension [Chunk] {
    var seconds: Double { reduce(0) { $0 + $1.duration.seconds } }
}
