import HLS
package import Media
import NIOCore

/// An ended session at the addresses at which it was live: all that its recordings have kept, as playlists that are whole from the
/// first (RFC 8216 §4.3.3.5), with the numbers, initialisation sections and times that viewers of the live session had.
package struct Replay: Sendable {
    /// A recording of the session.
    package struct Source: Sendable {
        let stretches: [KeptStretch]
        let shelf: any ChunkShelf

        package init(_ stretches: [KeptStretch], on shelf: any ChunkShelf) {
            self.stretches = stretches
            self.shelf = shelf
        }
    }

    private let multivariant: RenderedPlaylist
    private let playlists: [TrackKind: RenderedPlaylist]
    private let tracks: [TrackKind: KeptTrack]

    /// Nil where nothing was kept.
    ///
    /// - Parameter sources: in the order of time.
    package init?(of sources: [Source], soundName: String = LiveOutput.Configuration().soundName) {
        var tracks: [TrackKind: KeptTrack] = [:]
        for source in sources {
            for stretch in source.stretches where !stretch.segments.isEmpty {
                tracks[stretch.coding.kind, default: KeptTrack()].append(stretch, on: source.shelf)
            }
        }
        guard !tracks.isEmpty else { return nil }
        // A player follows several playlists only where they count the same breaks (RFC 8216 §6.2.4).
        let breaks = tracks.values.reduce(into: Set()) { $0.formUnion($1.breaks) }
        playlists = tracks.mapValues { RenderedPlaylist($0.playlist(breaks).render()) }
        multivariant = RenderedPlaylist(
            MultivariantPlaylist(picture: tracks[.picture]?.picture, sound: tracks[.sound]?.sound(called: soundName)).render())
        self.tracks = tracks
    }

    /// What a file holds is read from the disk; there is nothing to wait for.
    package func answer(to question: LiveQuestion) async -> LiveAnswer {
        switch question {
        case .multivariant:
            return .playlist(multivariant)
        case .playlist(let kind, _):
            return playlists[kind].map(LiveAnswer.playlist) ?? .notFound
        case .file(let kind, .initialisation(let name)):
            return tracks[kind]?.initialisations[name].map(LiveAnswer.file) ?? .notFound
        case .file(let kind, .segment(let number)):
            guard let segment = tracks[kind]?.segment(number) else { return .notFound }
            return await segment.shelf.bytes(at: segment.kept.place).map(LiveAnswer.file) ?? .notFound
        case .file(_, .part):
            return .notFound
        }
    }
}
