import Media
import NIOCore
import Packaging

/// Keeps chunks one behind the other, as a recording does, but for those of one segment.
struct Shelf: ChunkShelf {
    private(set) var media: [TrackKind: ByteBuffer] = [:]
    var without: Int64?

    mutating func keep(_ output: ChunkerOutput) -> [KeptChunk] {
        guard case .chunk(let chunk) = output, chunk.segment != without else { return [] }
        let offset = Int64(media[chunk.kind, default: ByteBuffer()].writerIndex)
        media[chunk.kind, default: ByteBuffer()].writeImmutableBuffer(chunk.bytes)
        let place = ChunkPlace(kind: chunk.kind, stretch: 1, offset: offset, length: chunk.bytes.readableBytes)
        return [KeptChunk(segment: chunk.segment, part: chunk.part, place: place)]
    }

    func bytes(at place: ChunkPlace) async -> ByteBuffer? {
        media[place.kind]?.getSlice(at: Int(place.offset), length: place.length)
    }
}
