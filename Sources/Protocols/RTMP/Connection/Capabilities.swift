/// What either side says that it can do beyond RTMP 1.0, as `capsEx` when they connect (Enhanced RTMP v2, “Enhancing NetConnection
/// connect Command”).
struct Capabilities: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    /// To come anew when it is asked to.
    static let reconnect = Capabilities(rawValue: 1)
    /// To read past modifiers.
    static let modifiers = Capabilities(rawValue: 4)
    /// To show a picture between two milliseconds.
    static let nanoseconds = Capabilities(rawValue: 8)

    /// This server's. It reads messages with several tracks too, but takes only one of each kind: so it does not ask for them.
    static let own: Capabilities = [.reconnect, .modifiers, .nanoseconds]

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// None where a peer wrote something else than such a number.
    init(_ written: AMFValue?) {
        rawValue = written?.number.flatMap { UInt32(exactly: $0) } ?? 0
    }
}

extension AMFObject {
    /// Whether the command object of `connect` is of a peer who speaks Enhanced RTMP, of either version.
    var announcesEnhanced: Bool {
        ["fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx"].contains { self[$0] != nil }
    }

    /// Says in the answer to `connect` what of Enhanced RTMP this server takes.
    mutating func appendOwnCapabilities() {
        append("capsEx", .number(Double(Capabilities.own.rawValue)))
        append("videoFourCcInfoMap", .object(["avc1": Self.canForward]))
        append("audioFourCcInfoMap", .object(["mp4a": Self.canForward]))
    }

    /// FourCcInfoMask: neither decodes (1) nor encodes (2) but passes it on (4).
    private static let canForward: AMFValue = 4
}
