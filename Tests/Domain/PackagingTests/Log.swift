import Media
import NIOCore
import Packaging
import Time

/// Keeps what a chunker makes and says afterwards what there is, as a recording does.
struct Log {
    private var shelf = Shelf()
    private var stretches: [(coding: KeptStretch.Coding, bytes: ByteBuffer, segments: [KeptSegment])] = []

    mutating func keep(_ outputs: [ChunkerOutput], but isMissing: (Chunk) -> Bool = { _ in false }) {
        for output in outputs {
            switch output {
            case .initialisation(let section): begin(section)
            case .chunk(let chunk): if !isMissing(chunk) { keep(chunk) }
            }
        }
    }

    private mutating func begin(_ section: Initialisation) {
        let coding: KeptStretch.Coding =
            switch section.format {
            case .picture(let picture):
                .picture(codecs: picture.codecs, width: picture.width, height: picture.height)
            case .sound(let sound): .sound(codecs: sound.codecs, channels: sound.channels)
            }
        stretches.append((coding, section.bytes, []))
    }

    private mutating func keep(_ chunk: Chunk) {
        guard let place = shelf.keep(.chunk(chunk)).first?.place,
            let index = stretches.lastIndex(where: { $0.coding.kind == chunk.kind })
        else { return }
        let segment = KeptSegment(
            number: chunk.segment, start: chunk.instant, duration: chunk.duration.duration, frames: chunk.frames, place: place)
        if let whole = stretches[index].segments.last?.joined(with: segment) {
            stretches[index].segments[stretches[index].segments.count - 1] = whole
        } else {
            stretches[index].segments.append(segment)
        }
    }

    var kept: KeptMedia? {
        KeptMedia([.init(stretches.map { KeptStretch(coding: $0, initialisation: $1, segments: $2) }, on: shelf)])
    }
}
