/// Where bytes of a track lie in what a recording keeps of it.
package struct ChunkPlace: Hashable, Sendable {
    package let kind: TrackKind
    /// The number of the stretch, by which its file is called.
    package let stretch: Int
    package let offset: Int64
    package let length: Int

    package init(kind: TrackKind, stretch: Int, offset: Int64, length: Int) {
        self.kind = kind
        self.stretch = stretch
        self.offset = offset
        self.length = length
    }

    /// Both together, where `next` begins where this ends.
    package func joined(with next: ChunkPlace) -> ChunkPlace? {
        guard kind == next.kind, stretch == next.stretch, offset + Int64(length) == next.offset else { return nil }
        return ChunkPlace(kind: kind, stretch: stretch, offset: offset, length: length + next.length)
    }
}

/// A chunk that a recording has kept.
package struct KeptChunk: Hashable, Sendable {
    package let segment: Int64
    package let part: Int
    package let place: ChunkPlace

    package init(segment: Int64, part: Int, place: ChunkPlace) {
        self.segment = segment
        self.part = part
        self.place = place
    }
}
