import Media

/// How a stretch is coded, as much of it as an archivist wants to read; the initialisation section has all of it.
package struct CodingParameters: Codable, Hashable, Sendable {
    /// As RFC 6381 writes it.
    package let codecs: String
    /// Ticks a second of every time in the stretch.
    package let timescale: Int32
    /// Luma samples; of a picture only.
    package let width: Int32?
    package let height: Int32?
    /// Samples a second, and channels; of a sound only.
    package let rate: Int32?
    package let channels: Int32?

    init(_ format: TrackFormat) {
        codecs = format.codecs.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") }
        timescale = format.timescale
        switch format {
        case .picture(let picture):
            (width, height, rate, channels) = (picture.width, picture.height, nil, nil)
        case .sound(let sound):
            (width, height, rate, channels) = (nil, nil, sound.sampleRate, sound.channels)
        }
    }

    /// The members of a header that describe it.
    var members: String {
        let sizes = [("width", width), ("height", height), ("rate", rate), ("channels", channels)]
        let written = sizes.compactMap { name, value in value.map { #","\#(name)":\#($0)"# } }
        return #""codecs":"\#(codecs)","timescale":\#(timescale)"# + written.joined()
    }
}
