/// The playlist that names the tracks of a feed (RFC 8216 §4.3.4): one picture or one sound as its variant, and sound beside a
/// picture as a rendition of its own.
package struct MultivariantPlaylist: Hashable, Sendable {
    package struct Picture: Hashable, Sendable {
        /// Relative to this playlist.
        package var uri: String
        package var codecs: String
        package var width: Int32
        package var height: Int32
        /// Pictures a second; nil where it is not known yet.
        package var frameRate: Double?
        package var bitrate: Bitrate

        package init(uri: String, codecs: String, width: Int32, height: Int32, frameRate: Double?, bitrate: Bitrate) {
            self.uri = uri
            self.codecs = codecs
            self.width = width
            self.height = height
            self.frameRate = frameRate
            self.bitrate = bitrate
        }
    }

    package struct Sound: Hashable, Sendable {
        /// Relative to this playlist.
        package var uri: String
        package var codecs: String
        package var channels: Int32
        /// What a player's menu shows.
        package var name: String
        /// RFC 5646; nil where it is not known or changes with the speaker.
        package var language: String?
        package var bitrate: Bitrate

        package init(uri: String, codecs: String, channels: Int32, name: String, language: String?, bitrate: Bitrate) {
            self.uri = uri
            self.codecs = codecs
            self.channels = channels
            self.name = name
            self.language = language
            self.bitrate = bitrate
        }
    }

    /// Bits a second, measured.
    package struct Bitrate: Hashable, Sendable {
        /// Of the largest segment so far.
        package var peak: Int
        package var average: Int

        package init(peak: Int, average: Int) {
            self.peak = peak
            self.average = average
        }
    }

    package var picture: Picture?
    package var sound: Sound?

    package init(picture: Picture?, sound: Sound?) {
        self.picture = picture
        self.sound = sound
    }
}

extension MultivariantPlaylist {
    private static let soundGroup = "sound"

    /// The playlist as UTF-8 text.
    package func render() -> String {
        let head = "#EXTM3U\n#EXT-X-VERSION:\(MediaPlaylist.version)\n"
        return switch (picture, sound) {
        case (let picture?, let sound): head + (sound.map(rendition) ?? "") + variant(picture, with: sound)
        case (nil, let sound?): head + variant(sound)
        case (nil, nil): head
        }
    }

    private func rendition(_ sound: Sound) -> String {
        var list = AttributeList()
        list.add("TYPE", bare: "AUDIO")
        list.add("GROUP-ID", quoted: Self.soundGroup)
        list.add("NAME", quoted: sound.name)
        if let language = sound.language { list.add("LANGUAGE", quoted: language) }
        list.add("DEFAULT", bare: "YES")
        list.add("AUTOSELECT", bare: "YES")
        list.add("CHANNELS", quoted: "\(sound.channels)")
        list.add("URI", quoted: sound.uri)
        return "#EXT-X-MEDIA:\(list.text)\n"
    }

    private func variant(_ picture: Picture, with sound: Sound?) -> String {
        var list = AttributeList()
        list.add([picture.bitrate, sound?.bitrate].compactMap(\.self))
        list.add("CODECS", quoted: [picture.codecs, sound?.codecs].compactMap(\.self).joined(separator: ","))
        list.add("RESOLUTION", bare: "\(picture.width)x\(picture.height)")
        if let rate = picture.frameRate { list.add("FRAME-RATE", bare: rate.threeDecimals) }
        if sound != nil { list.add("AUDIO", quoted: Self.soundGroup) }
        return "#EXT-X-STREAM-INF:\(list.text)\n\(picture.uri)\n"
    }

    private func variant(_ sound: Sound) -> String {
        var list = AttributeList()
        list.add([sound.bitrate])
        list.add("CODECS", quoted: sound.codecs)
        return "#EXT-X-STREAM-INF:\(list.text)\n\(sound.uri)\n"
    }
}

/// Attributes of a tag (RFC 8216 §4.2).
private struct AttributeList {
    private(set) var text = ""

    mutating func add(_ name: String, bare value: String) {
        text += "\(text.isEmpty ? "" : ",")\(name)=\(value)"
    }

    /// A quoted string cannot hold a quotation mark or a line break, and there is no way to escape one: they are left out.
    mutating func add(_ name: String, quoted value: String) {
        add(name, bare: "\"\(String(value.unicodeScalars.filter { $0 != "\"" && $0.value >= 0x20 }))\"")
    }

    mutating func add(_ bitrates: [MultivariantPlaylist.Bitrate]) {
        add("BANDWIDTH", bare: "\(bitrates.reduce(0) { $0 + $1.peak })")
        add("AVERAGE-BANDWIDTH", bare: "\(bitrates.reduce(0) { $0 + $1.average })")
    }
}

extension Double {
    fileprivate var threeDecimals: String {
        let thousandths = Int64(exactly: (self * 1000).rounded()) ?? 0
        let rest = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
