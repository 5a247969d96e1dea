import HLS
import Media
import Time

extension LiveOutput {
    /// All that changes, behind one lock.
    struct State {
        let configuration: Configuration
        private(set) var tracks: [TrackKind: TrackWindow] = [:]
        private let firstSegment: Int64
        /// What was before the program was started anew, of tracks that have not come again yet.
        private var before: KeptMedia?
        /// The number of the first of the gaps between that and what comes: the same for all tracks.
        private var firstGap: Int64?
        /// Where what leaves the memory is kept.
        private var shelf: (any ChunkShelf)?
        private var discontinuities: Discontinuities
        private var isEnded = false
        private var revision = 0
        private(set) var shown = Shown()
        var waiters = Waiters()

        init(firstSegment: Int64, configuration: Configuration) {
            self.configuration = configuration
            self.firstSegment = firstSegment
            self.discontinuities = Discontinuities(first: firstSegment)
        }
    }

    /// The playlists of one moment, not rendered yet.
    struct Playlists {
        /// Counts the changes.
        let revision: Int
        var isEnded = false
        var tracks: [TrackKind: MediaPlaylist] = [:]
        var multivariant: MultivariantPlaylist?
    }

    /// The playlists that viewers get.
    struct Shown {
        struct Track {
            let model: MediaPlaylist
            let whole: WholePlaylist
            /// For those who know the rest; nil where that would be all of it.
            let delta: RenderedPlaylist?

            /// What most viewers want is rendered before they ask.
            init(_ model: MediaPlaylist) {
                self.model = model
                whole = WholePlaylist(model)
                delta = model.renderDelta().map(RenderedPlaylist.init)
                if model.past.count == 0 { whole.render() }
            }

            func reply(to request: BlockingRequest) -> Reply {
                let known = model.sendsDelta(to: request) ? delta ?? whole.rendered : whole.rendered
                if let known { return .now(.playlist(known)) }
                return .later { [whole] in .playlist(whole.render()) }
            }
        }

        var revision = 0
        var isEnded = false
        var tracks: [TrackKind: Track] = [:]
        var multivariant: RenderedPlaylist?

        init() {}

        init(_ playlists: Playlists) {
            self.revision = playlists.revision
            self.isEnded = playlists.isEnded
            self.tracks = playlists.tracks.mapValues(Track.init)
            self.multivariant = playlists.multivariant.map { RenderedPlaylist($0.render()) }
        }
    }
}

// MARK: - Changes

extension LiveOutput.State {
    mutating func accept(_ outputs: [ChunkerOutput], _ gaps: [Gap]) {
        guard !isEnded else { return }
        for output in outputs {
            switch output {
            case .initialisation(let section): accept(section)
            case .chunk(let chunk): accept(chunk)
            }
        }
        for gap in gaps { tracks[gap.kind]?.append(gap, discontinuities) }
        let oldest = tracks.values.compactMap(\.oldest).min()
        if let oldest { discontinuities.forget(before: oldest) }
        revision += 1
    }

    /// What comes goes on behind that.
    mutating func goOn(behind kept: KeptMedia) {
        before = kept
        discontinuities = Discontinuities(first: firstSegment, behind: kept.breaks.union([firstSegment]))
    }

    /// What comes is kept there from now on.
    mutating func keep(on shelf: any ChunkShelf) {
        self.shelf = shelf
        let rewind = configuration.rewind
        for kind in TrackKind.allCases {
            tracks[kind]?.shelf = shelf
            tracks[kind]?.rewind = rewind
        }
    }

    mutating func note(_ chunks: [KeptChunk]) {
        for chunk in chunks { tracks[chunk.place.kind]?.note(chunk) }
    }

    mutating func end() {
        for kind in tracks.keys { tracks[kind]?.complete() }
        isEnded = true
        revision += 1
    }

    private mutating func accept(_ section: Initialisation) {
        let kind = section.format.kind
        var track = tracks[kind] ?? begin(section.format)
        track.append(section)
        tracks[kind] = track
    }

    private mutating func begin(_ format: TrackFormat) -> TrackWindow {
        var track = TrackWindow(held: configuration.segments, format: format)
        track.shelf = shelf
        if shelf != nil || before != nil { track.rewind = configuration.rewind }
        if let before, let kept = before.tracks[format.kind] { track.goOn(behind: kept, on: before.line, before.breaks) }
        return track
    }

    private mutating func accept(_ chunk: Chunk) {
        // A track that has missed segments repeats a break that the other track has shown where it was.
        let goesOn = tracks[chunk.kind]?.nextNumber.map { $0 == chunk.segment } ?? true
        if chunk.isDiscontinuous, goesOn { discontinuities.insert(chunk.segment) }
        if let gap = bridge(to: chunk) { tracks[chunk.kind]?.bridge(from: gap, to: chunk, discontinuities) }
        tracks[chunk.kind]?.append(chunk, discontinuities)
    }

    private mutating func bridge(to chunk: Chunk) -> Int64? {
        guard let end = before?.line.end else { return nil }
        let first = firstGap ?? firstSegment - chunk.instant.since(end).gaps
        firstGap = first
        return first
    }

    /// Takes what was rendered, unless something newer is shown already.
    mutating func show(_ rendered: LiveOutput.Shown) -> [@Sendable (Wake) -> Void] {
        guard rendered.revision > shown.revision else { return [] }
        shown = rendered
        return waiters.removeAll { rendered.satisfies($0) }
    }

    func isReady(_ awaited: Awaited) -> Bool { shown.satisfies(awaited) }
}

extension LiveOutput.Shown {
    fileprivate func satisfies(_ awaited: Awaited) -> Bool {
        switch awaited {
        case .multivariant: multivariant != nil || isEnded
        case .track(let kind, let wait): tracks[kind]?.model.satisfies(wait) ?? false
        }
    }
}

// MARK: - Playlists

extension LiveOutput.State {
    var playlists: LiveOutput.Playlists {
        var playlists = LiveOutput.Playlists(revision: revision, isEnded: isEnded)
        let begun = tracks.filter { !$0.value.segments.isEmpty }
            .mapValues { $0.playlist(partTarget: configuration.partTarget, discontinuities) }
        for (kind, var playlist) in begun {
            playlist.isEnded = isEnded
            playlist.reports = reports(for: kind, in: begun)
            playlists.tracks[kind] = playlist
        }
        let hasSegment = begun.values.contains { $0.segments.contains(where: \.isComplete) }
        playlists.multivariant = hasSegment ? multivariant : nil
        return playlists
    }

    private func reports(for kind: TrackKind, in playlists: [TrackKind: MediaPlaylist]) -> [MediaPlaylist.RenditionReport] {
        TrackKind.allCases.filter { $0 != kind }.compactMap { other in
            let uri = "../\(MultivariantPlaylist.address(of: other))"
            return playlists[other]?.last.map { .init(uri: uri, last: $0) }
        }
    }

    private var multivariant: MultivariantPlaylist {
        MultivariantPlaylist(
            picture: tracks[.picture].flatMap(picture), sound: tracks[.sound].flatMap(sound))
    }

    private func picture(_ track: TrackWindow) -> MultivariantPlaylist.Picture? {
        guard case .picture(let format) = track.format else { return nil }
        return MultivariantPlaylist.Picture(
            uri: MultivariantPlaylist.address(of: .picture), codecs: format.codecs, width: format.width, height: format.height,
            frameRate: track.frameRate, bitrate: track.bitrate)
    }

    private func sound(_ track: TrackWindow) -> MultivariantPlaylist.Sound? {
        guard case .sound(let format) = track.format else { return nil }
        return MultivariantPlaylist.Sound(
            uri: MultivariantPlaylist.address(of: .sound), codecs: format.codecs, channels: format.channels,
            name: configuration.soundName, language: configuration.language, bitrate: track.bitrate)
    }
}

extension MultivariantPlaylist {
    /// Where a track's playlist stands, from this one.
    static func address(of kind: TrackKind) -> String { "\(kind.rawValue)/index.m3u8" }
}
