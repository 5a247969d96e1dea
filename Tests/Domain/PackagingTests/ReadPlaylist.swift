import NIOCore
import Packaging

/// A media playlist as a player understands it, read apart from the code that writes it.
struct ReadPlaylist {
    struct Segment: Equatable {
        var number: Int64
        var discontinuity: Int64
        var map = ""
        var date = ""
        var duration = 0.0
        var isGap = false
        var parts: [Part] = []
        /// Nil while it is open.
        var uri: String?
    }

    struct Part: Equatable {
        let uri: String
        let duration: Double
        let isIndependent: Bool
        let isGap: Bool
    }

    private(set) var tags: [String: String] = [:]
    private(set) var segments: [Segment] = []
    private(set) var hints: [String] = []
    private(set) var reports: [String] = []
    /// How many segments a delta update leaves out.
    private(set) var skipped = 0

    init(_ answer: LiveAnswer) throws {
        guard case .playlist(let rendered) = answer else { throw Failure.noPlaylist(answer) }
        for line in String(buffer: rendered.plain).split(separator: "\n") { read(String(line)) }
        if let open, !open.parts.isEmpty { segments.append(open) }
    }

    enum Failure: Error {
        case noPlaylist(LiveAnswer)
    }

    var mediaSequence: Int64 { Int64(tags["MEDIA-SEQUENCE"] ?? "") ?? -1 }
    var isEnded: Bool { tags["ENDLIST"] != nil }

    private var open: Segment?
    private var map = ""

    /// The segment that the line speaks of.
    private var current: Segment {
        get {
            open
                ?? Segment(
                    number: mediaSequence + Int64(skipped + segments.count),
                    discontinuity: segments.last?.discontinuity ?? Int64(tags["DISCONTINUITY-SEQUENCE"] ?? "") ?? -1, map: map)
        }
        set { open = newValue }
    }

    private mutating func read(_ line: String) {
        guard line.hasPrefix("#EXT") else { return finish(line) }
        let pieces = line.split(separator: ":", maxSplits: 1).map(String.init)
        let value = pieces.count > 1 ? pieces[1] : ""
        switch pieces[0] {
        case "#EXTINF": current.duration = Double(value.dropLast()) ?? 0
        case "#EXT-X-DISCONTINUITY": current.discontinuity += 1
        case "#EXT-X-GAP": current.isGap = true
        case "#EXT-X-PROGRAM-DATE-TIME": current.date = value
        case "#EXT-X-MAP": (map, current.map) = (attribute("URI", of: value), attribute("URI", of: value))
        case "#EXT-X-PART": current.parts.append(part(value))
        case "#EXT-X-SKIP": skipped = Int(attribute("SKIPPED-SEGMENTS", of: value)) ?? -1
        case "#EXT-X-PRELOAD-HINT": hints.append(attribute("URI", of: value))
        case "#EXT-X-RENDITION-REPORT": reports.append(value)
        default: tags[String(pieces[0].dropFirst("#EXT-X-".count))] = value
        }
    }

    /// The playlist that a client has which knew `known` and receives this delta update (rfc8216bis §6.2.5.1).
    func merged(into known: ReadPlaylist) -> ReadPlaylist {
        guard skipped > 0 else { return self }
        var whole = self
        let old = known.segments.filter { $0.number >= mediaSequence }.prefix(skipped)
        let skippedBreaks = (old.last?.discontinuity ?? 0) - (Int64(tags["DISCONTINUITY-SEQUENCE"] ?? "") ?? 0)
        for index in whole.segments.indices { whole.segments[index].discontinuity += skippedBreaks }
        whole.segments = old + whole.segments
        whole.skipped = 0
        return whole
    }

    private mutating func finish(_ uri: String) {
        var segment = current
        segment.uri = uri
        segments.append(segment)
        open = nil
    }

    private func part(_ value: String) -> Part {
        Part(
            uri: attribute("URI", of: value), duration: Double(attribute("DURATION", of: value)) ?? 0,
            isIndependent: value.contains("INDEPENDENT=YES"), isGap: value.contains("GAP=YES"))
    }

    private func attribute(_ name: String, of list: String) -> String {
        let piece = list.split(separator: ",").first { $0.hasPrefix("\(name)=") } ?? ""
        return String(piece.dropFirst(name.count + 1)).filter { $0 != "\"" }
    }
}
