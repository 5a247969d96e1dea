import NIOCore

/// A codec, or a way of carrying one, that this server does not take; named as the person at the desk knows it.
package struct ForeignCodec: Hashable, Sendable {
    package enum Kind: Hashable, Sendable { case picture, sound }

    package let kind: Kind
    /// `HEVC`, `MP3`; for Enhanced RTMP with its FourCC.
    package let name: String
    package let isEnhanced: Bool

    package init(_ kind: Kind, name: String, isEnhanced: Bool = false) {
        self.kind = kind
        self.name = name
        self.isEnhanced = isEnhanced
    }

    /// What the desk is told: what came, and what to choose instead.
    package var explanation: String {
        let medium = kind == .picture ? "picture" : "sound"
        let way = isEnhanced ? " in Enhanced RTMP" : ""
        return "The \(medium) came as \(name)\(way). This server takes H.264 (AVC) pictures and AAC sound in plain RTMP: "
            + "choose those encoders and start again."
    }
}

/// The headers of Enhanced RTMP (v2, ExVideoTagHeader and ExAudioTagHeader), read as far as the FourCC.
extension ForeignCodec {
    /// Packet types of ExVideoTagHeader and ExAudioTagHeader that stand before the FourCC; audio and video number them apart.
    private struct PacketTypes {
        let multitrack: UInt8
        let modEx: UInt8
    }

    /// Modifiers that may precede the real packet type; more name nothing.
    private static let maximumModifiers = 8
    /// A multitrack message in which every track names its own codec.
    private static let manyCodecs: UInt8 = 2

    init(enhanced kind: Kind, head: UInt8, _ input: inout ByteBuffer) {
        let types = kind == .picture ? PacketTypes(multitrack: 6, modEx: 7) : PacketTypes(multitrack: 5, modEx: 7)
        let code = Self.fourCC(packetType: head & 0x0F, types, &input)
        self.init(kind, name: code.map(Self.name(ofFourCC:)) ?? "an unnamed codec", isEnhanced: true)
    }

    private static func fourCC(packetType: UInt8, _ types: PacketTypes, _ input: inout ByteBuffer) -> String? {
        var type = packetType
        for _ in 0..<maximumModifiers where type == types.modEx {
            guard let next = skipModifier(&input) else { return nil }
            type = next
        }
        if type == types.multitrack {
            guard let tracks: UInt8 = input.readInteger(), tracks >> 4 != manyCodecs else { return "more than one codec" }
        }
        guard let bytes = input.readBytes(length: 4), bytes.allSatisfy({ 0x20..<0x7F ~= $0 }) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Reads past one modifier and its data; the packet type behind it.
    private static func skipModifier(_ input: inout ByteBuffer) -> UInt8? {
        guard let short: UInt8 = input.readInteger() else { return nil }
        var length = Int(short) + 1
        if length == 256 {
            guard let long: UInt16 = input.readInteger() else { return nil }
            length = Int(long) + 1
        }
        guard input.readSlice(length: length) != nil, let next: UInt8 = input.readInteger() else { return nil }
        return next & 0x0F
    }

    private static func name(ofFourCC code: String) -> String {
        let names = [
            "avc1": "H.264", "hvc1": "HEVC", "vvc1": "VVC", "av01": "AV1", "vp08": "VP8", "vp09": "VP9", "mp4a": "AAC",
            "Opus": "Opus", "ac-3": "AC-3", "ec-3": "E-AC-3", ".mp3": "MP3", "fLaC": "FLAC",
        ]
        return names[code].map { "\($0) (\(code))" } ?? code
    }
}
