import HLS
import Media
import NIOCore

/// An ended session at the addresses at which it was live: all that its recordings have kept, as playlists that are whole from the
/// first (RFC 8216 §4.3.3.5), with the numbers, initialisation sections and times that viewers of the live session had.
package struct Replay: Sendable {
    private let multivariant: RenderedPlaylist
    private let playlists: [TrackKind: RenderedPlaylist]
    private let tracks: [TrackKind: KeptTrack]

    package init(of kept: KeptMedia, soundName: String = LiveOutput.Configuration().soundName) {
        tracks = kept.tracks
        playlists = tracks.mapValues { RenderedPlaylist($0.playlist(on: kept.line, kept.breaks).render()) }
        multivariant = RenderedPlaylist(
            MultivariantPlaylist(picture: tracks[.picture]?.picture, sound: tracks[.sound]?.sound(called: soundName)).render())
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
            return await segment.mark.bytes.map(LiveAnswer.file) ?? .notFound
        case .file(_, .part):
            return .notFound
        }
    }
}
