/// What a desk says of its stream in `onMetaData`. It is for people only: the codecs' own configuration decides.
package struct StreamMetadata: Hashable, Sendable {
    /// Characters of an encoder's name that are kept.
    static let maximumEncoderName = 80

    /// `obs-output module (libobs version 30.2.3)`; printable characters only.
    package let encoder: String?

    package init(encoder: String?) {
        self.encoder = encoder
    }

    init(_ object: AMFObject) {
        let name = object["encoder"]?.string ?? object["videoencoder"]?.string ?? ""
        let printable = name.unicodeScalars.filter { $0.properties.generalCategory != .control }
        let kept = String(String.UnicodeScalarView(printable).prefix(Self.maximumEncoderName))
        encoder = kept.isEmpty ? nil : kept
    }
}
