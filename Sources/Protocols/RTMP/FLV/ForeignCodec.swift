/// A codec that this server does not take; named as the person at the desk knows it.
package struct ForeignCodec: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case picture, sound }

    package let kind: Kind
    /// `HEVC`, `MP3`; where it came in Enhanced RTMP with its FourCC.
    package let name: String

    package init(_ kind: Kind, name: String) {
        self.kind = kind
        self.name = name
    }

    init(_ kind: Kind, _ code: FourCC) {
        self.init(kind, name: Self.name(of: code))
    }

    /// What the desk is told: what came, and what to choose instead.
    package var explanation: String {
        let medium = kind == .picture ? "picture" : "sound"
        return "The \(medium) came as \(name). This server takes H.264 (AVC) pictures and AAC sound: "
            + "choose those encoders and start again."
    }

    private static func name(of code: FourCC) -> String {
        guard let text = code.text else { return "an unnamed codec" }
        let names = [
            "avc1": "H.264", "hvc1": "HEVC", "vvc1": "VVC", "av01": "AV1", "vp08": "VP8", "vp09": "VP9", "mp4a": "AAC",
            "Opus": "Opus", "ac-3": "AC-3", "ec-3": "E-AC-3", ".mp3": "MP3", "fLaC": "FLAC",
        ]
        return names[text].map { "\($0) (\(text))" } ?? text
    }
}
