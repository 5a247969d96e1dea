import Time

/// The segments that a long playlist begins with, as they are written: they do not change any more, and whoever knows the playlist
/// is not told of them again.
package struct PastSegments: Hashable, Sendable {
    private struct Written: Hashable {
        let map: String?
        /// Whether `text` says which map that is.
        let saysMap: Bool
        let text: String
    }

    private var written: [Written] = []
    private var last: Int64 = 0

    package init() {}

    package var count: Int { written.count }

    /// The media sequence number of the first, counted back from the last; nil where there is none.
    package var first: Int64? { written.isEmpty ? nil : last - Int64(count) + 1 }

    /// Adds a segment behind the others, a complete one. Numbers may be left out, which those before are then nearer to: a client knows
    /// nothing but the place in the playlist, and the URI.
    package mutating func append(_ segment: MediaPlaylist.Segment) {
        let saysMap = segment.changesMap(from: lastMap)
        let text = segment.render(withMap: saysMap, withParts: false)
        last = segment.number
        written.append(Written(map: segment.map, saysMap: saysMap, text: text))
    }

    package mutating func removeFirst() {
        written.removeFirst()
    }

    /// The map that the segment behind them goes on with.
    package var lastMap: String? { written.last?.map }

    /// The first one says its map, whoever said it before.
    var text: String {
        let map = written.first.flatMap { $0.saysMap ? nil : $0.map.map(MediaPlaylist.tag(map:)) }
        return written.reduce(into: map ?? "") { $0 += $1.text }
    }
}
