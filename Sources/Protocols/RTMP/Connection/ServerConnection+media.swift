import NIOCore

/// Messages that carry media, and what is said about it.
extension ServerConnection {
    mutating func handleMedia(_ message: Message) throws(RTMPError) {
        guard case .publishing = phase else { return }
        switch message.kind {
        case .video: try video(message)
        case .audio: try audio(message)
        case .data, .dataAMF3: try data(message)
        case .aggregate: try aggregate(message)
        default: break
        }
    }

    private mutating func video(_ message: Message) throws(RTMPError) {
        switch try VideoTag(message.payload) {
        case .nothing: break
        case .foreign(let codec): turnAway(Refusal(.rejected, codec.explanation))
        case let tag: actions.append(.video(tag, timestamp: message.timestamp))
        }
    }

    private mutating func audio(_ message: Message) throws(RTMPError) {
        switch try AudioTag(message.payload) {
        case .nothing: break
        case .foreign(let codec): turnAway(Refusal(.rejected, codec.explanation))
        case let tag: actions.append(.audio(tag, timestamp: message.timestamp))
        }
    }

    /// Metadata stands behind `@setDataFrame`, which asks the server to keep it; other data is of no use here.
    private mutating func data(_ message: Message) throws(RTMPError) {
        var decoder = try AMF0Decoder(message.amfPayload(), limits: limits.amf)
        var name = try decoder.next()?.string
        if name == "@setDataFrame" { name = try decoder.next()?.string }
        guard name == "onMetaData", let object = try decoder.next()?.object else { return }
        actions.append(.metadata(StreamMetadata(object)))
    }

    /// The parts stand for themselves; an aggregate within one is not opened.
    private mutating func aggregate(_ message: Message) throws(RTMPError) {
        var parts = AggregateMessage(message)
        while let part = try parts.next() {
            if part.kind != .aggregate { try handleMedia(part) }
        }
    }
}
