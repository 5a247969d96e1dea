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
    /// The media sequence number of the first; nil where there is none.
    package private(set) var first: Int64?

    package init() {}

    package var count: Int { written.count }

    /// Adds a segment behind the others: complete, and its number one more than theirs.
    package mutating func append(_ segment: MediaPlaylist.Segment) {
        let saysMap = segment.changesMap(from: lastMap)
        let text = segment.render(withMap: saysMap, withParts: false)
        first = first ?? segment.number
        written.append(Written(map: segment.map, saysMap: saysMap, text: text))
    }

    package mutating func removeFirst() {
        written.removeFirst()
        first = written.isEmpty ? nil : first.map { $0 + 1 }
    }

    /// The map that the segment behind them goes on with.
    var lastMap: String? { written.last?.map }

    /// The first one says its map, whoever said it before.
    var text: String {
        let map = written.first.flatMap { $0.saysMap ? nil : $0.map.map(MediaPlaylist.tag(map:)) }
        return written.reduce(into: map ?? "") { $0 += $1.text }
    }
}
