package import Media

/// What the recordings of a session have kept of it.
package struct KeptMedia: Sendable {
    /// A recording of the session.
    package struct Source: Sendable {
        let stretches: [KeptStretch]
        let shelf: any ChunkShelf

        package init(_ stretches: [KeptStretch], on shelf: any ChunkShelf) {
            self.stretches = stretches
            self.shelf = shelf
        }
    }

    let tracks: [TrackKind: KeptTrack]
    /// The numbers of the segments at which a track does not go on as before. A player follows several playlists only where they
    /// count the same breaks (RFC 8216 §6.2.4).
    let breaks: Set<Int64>
    let line: NumberLine

    /// Nil where nothing was kept.
    ///
    /// - Parameter sources: in the order of time.
    package init?(_ sources: [Source]) {
        var tracks: [TrackKind: KeptTrack] = [:]
        for source in sources {
            for stretch in source.stretches where !stretch.segments.isEmpty {
                tracks[stretch.coding.kind, default: KeptTrack()].append(stretch, on: source.shelf)
            }
        }
        guard !tracks.isEmpty else { return nil }
        self.tracks = tracks
        breaks = tracks.values.reduce(into: []) { $0.formUnion($1.breaks) }
        line = NumberLine(tracks.values.lazy.flatMap(\.kept))
    }
}
