import Time

/// What a client asks of a media playlist (rfc8216bis §6.2.5): not before something is in it, and perhaps only what has changed.
package struct BlockingRequest: Hashable, Sendable {
    package enum Wait: Hashable, Sendable {
        /// Until the segment is complete: `_HLS_msn` alone.
        case segment(Int64)
        /// Until the part is there: `_HLS_msn` and `_HLS_part`. A part after the last of its segment means the first of the
        /// next.
        case part(PartPosition)

        var segment: Int64 {
            switch self {
            case .segment(let number): number
            case .part(let position): position.segment
            }
        }
    }

    /// Nil where the client takes the playlist as it is.
    package let wait: Wait?
    /// Whether the client knows the playlist already, and a delta update will do.
    package let allowsDelta: Bool

    package init(wait: Wait?, allowsDelta: Bool = false) {
        self.wait = wait
        self.allowsDelta = allowsDelta
    }

    /// Reads the values of `_HLS_msn`, `_HLS_part` and `_HLS_skip`; nil where there is none. Of the two kinds of delta updates
    /// one would leave out date ranges too, which no playlist has. Who asks for an unknown kind gets the whole playlist.
    package init(sequenceNumber: String?, part: String?, skip: String? = nil) throws(BadPlaylistRequest) {
        allowsDelta = skip == "YES" || skip == "v2"
        guard let sequenceNumber else {
            guard part == nil else { throw BadPlaylistRequest("_HLS_part needs _HLS_msn, which says whose part it is.") }
            self.wait = nil
            return
        }
        let segment = try Self.number(sequenceNumber, of: "_HLS_msn")
        guard let part else {
            self.wait = .segment(segment)
            return
        }
        let index = Int(clamping: try Self.number(part, of: "_HLS_part"))
        self.wait = .part(PartPosition(segment: segment, part: index))
    }

    private static func number(_ text: String, of name: String) throws(BadPlaylistRequest) -> Int64 {
        guard let number = DecimalNumber(text) else { throw BadPlaylistRequest("\(name) is a decimal number.") }
        return number.value
    }
}

/// Why a request for a playlist is a mistake of the client's, in words for whoever writes the client.
package struct BadPlaylistRequest: Error, Hashable, Sendable {
    package let message: String

    init(_ message: String) {
        self.message = message
    }
}

extension MediaPlaylist {
    /// A client may ask for a segment this far beyond the last one in the playlist.
    private static let furthestSegment: Int64 = 2

    /// What to do with a request now.
    package enum Decision: Hashable, Sendable {
        case answer
        /// Nothing is wrong, but what was asked for is not there yet.
        case wait
        case refuse(BadPlaylistRequest)
    }

    package func decide(_ request: BlockingRequest) -> Decision {
        guard let wait = request.wait, !isEnded else { return .answer }
        if let refusal = refusal(of: wait) { return .refuse(refusal) }
        return satisfies(wait) ? .answer : .wait
    }

    /// Whether what a client waits for is in the playlist.
    package func satisfies(_ wait: BlockingRequest.Wait) -> Bool {
        guard let last = segments.last, !isEnded else { return true }
        return switch wait {
        case .segment(let number):
            number < last.number || (number == last.number && last.isComplete)
        case .part(let position):
            position.segment < last.number || (position.segment == last.number && position.part < last.parts.count)
        }
    }

    private func refusal(of wait: BlockingRequest.Wait) -> BadPlaylistRequest? {
        let segment = wait.segment
        let part = if case .part(let position) = wait { position.part } else { 0 }
        let last = segments.last?.number ?? 0
        guard segment <= last + Self.furthestSegment else {
            return BadPlaylistRequest("_HLS_msn is more than \(Self.furthestSegment) beyond the last segment, \(last).")
        }
        let edge = segment == last ? (segments.last?.parts.count ?? 0) - 1 : 0
        guard segment < last || part <= edge + advancePartLimit else {
            return BadPlaylistRequest("_HLS_part is more than \(advancePartLimit) beyond the last part.")
        }
        return nil
    }

    /// How far beyond the last part a client may ask: as many as last three seconds, at least three (§6.2.5.2).
    private var advancePartLimit: Int {
        guard partTarget < .seconds(1), partTarget > .zero else { return 3 }
        return Int((3 / partTarget.inSeconds).rounded(.up))
    }
}
