import Time

extension MediaPlaylist {
    /// Parts of segments that end earlier before the end than this are left out: nobody plays so near the edge any more
    /// (rfc8216bis §4.4.4.9: three target durations).
    private var partWindow: Duration { targetDuration * 3 }

    /// Segments that end earlier before the end than this may be skipped in a delta update: at least six target durations
    /// (§4.4.3.8).
    package var skipBoundary: Duration { targetDuration * 6 }

    /// The playlist as UTF-8 text.
    package func render() -> String {
        header + past.text + render(from: 0, map: past.lastMap) + footer
    }

    /// What has changed of it, for a client that knows the rest (§6.2.5.1); nil where that would be all of it.
    package func renderDelta() -> String? {
        let first = firstInDelta
        guard !isEnded, past.count + first > 0 else { return nil }
        return header + "#EXT-X-SKIP:SKIPPED-SEGMENTS=\(past.count + first)\n" + render(from: first, map: nil) + footer
    }

    private var firstInDelta: Int { segments.count - count(lasting: skipBoundary) }

    /// Whether a delta update will do for this request. Who waits for something that it would leave out does not know the rest, which may
    /// be of the time before the program was started anew.
    package func sendsDelta(to request: BlockingRequest) -> Bool {
        guard request.allowsDelta, let segment = request.wait?.segment else { return request.allowsDelta }
        return segments.dropFirst(firstInDelta).first.map { $0.number <= segment } ?? true
    }

    /// The segments from `first` on, behind one with `map`: the first one that is told says which initialisation section it needs.
    private func render(from first: Int, map: String?) -> String {
        let withParts = isEnded ? segments.count : segments.count - count(lasting: partWindow)
        var (text, map) = ("", map)
        for (index, segment) in segments.enumerated().dropFirst(first) {
            text += segment.render(withMap: segment.changesMap(from: map), withParts: index >= withParts)
            map = segment.map
        }
        return text
    }

    private var header: String {
        """
        #EXTM3U
        #EXT-X-VERSION:\(Self.version)
        #EXT-X-TARGETDURATION:\(targetDuration.components.seconds)
        \(isVOD ? "#EXT-X-PLAYLIST-TYPE:VOD" : control)
        #EXT-X-MEDIA-SEQUENCE:\(past.first ?? segments.first?.number ?? 0)
        #EXT-X-DISCONTINUITY-SEQUENCE:\(discontinuitySequence)

        """
    }

    private var control: String {
        """
        #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=\(skipBoundary.decimal),\
        PART-HOLD-BACK=\((partTarget * 3).decimal),HOLD-BACK=\((targetDuration * 3).decimal)
        #EXT-X-PART-INF:PART-TARGET=\(partTarget.decimal)
        """
    }

    private var footer: String {
        guard !isEnded else { return "#EXT-X-ENDLIST\n" }
        let hint = hint.map { "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"\(MediaFile.part($0).name)\"\n" } ?? ""
        return hint + reports.map(\.rendered).joined()
    }

    /// How many segments at the end it takes to last `duration`; all where they last less.
    private func count(lasting duration: Duration) -> Int {
        var lasted: Duration = .zero
        return segments.reversed().prefix { segment in
            defer { lasted += segment.duration }
            return lasted < duration
        }.count
    }
}

extension MediaPlaylist {
    static func tag(map: String) -> String { "#EXT-X-MAP:URI=\"\(map)\"\n" }
}

extension MediaPlaylist.Segment {
    /// Whether it has to say its map again behind a segment with this one.
    func changesMap(from other: String?) -> Bool { map != other || isDiscontinuous }

    func render(withMap: Bool, withParts: Bool) -> String {
        var text = isDiscontinuous ? "#EXT-X-DISCONTINUITY\n" : ""
        if withMap, let map { text += MediaPlaylist.tag(map: map) }
        text += "#EXT-X-PROGRAM-DATE-TIME:\(programDate.text)\n"
        if withParts { text += renderedParts }
        guard isComplete else { return text }
        return text + (isGap ? "#EXT-X-GAP\n" : "") + "#EXTINF:\(duration.decimal),\n\(MediaFile.segment(number).name)\n"
    }

    private var renderedParts: String {
        parts.enumerated().map { index, part in
            let name = MediaFile.part(PartPosition(segment: number, part: index)).name
            let kind = part.isGap ? ",GAP=YES" : part.isIndependent ? ",INDEPENDENT=YES" : ""
            return "#EXT-X-PART:DURATION=\(part.duration.decimal),URI=\"\(name)\"\(kind)\n"
        }.joined()
    }
}

extension MediaPlaylist.RenditionReport {
    fileprivate var rendered: String {
        "#EXT-X-RENDITION-REPORT:URI=\"\(uri)\",LAST-MSN=\(last.segment),LAST-PART=\(last.part)\n"
    }
}

extension Duration {
    /// Seconds with five digits after the point, cut: no rounding carries a duration over a bound that it kept.
    var decimal: String {
        let hundredThousandths = max(0, microseconds) / 10
        let (whole, rest) = hundredThousandths.quotientAndRemainder(dividingBy: 100_000)
        let digits = String(rest)
        return "\(whole)." + String(repeating: "0", count: 5 - digits.count) + digits
    }
}
