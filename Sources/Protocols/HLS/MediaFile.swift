/// The files beside a media playlist, by their names there.
package enum MediaFile: Hashable, Sendable {
    /// An initialisation section, named after its content: `init-1f3a9c02.mp4`.
    case initialisation(name: String)
    /// `1234.m4s`
    case segment(Int64)
    /// `1234.0.m4s`
    case part(PartPosition)

    /// A name that is longer is nobody's.
    private static let maximumNameLength = 64

    /// What a client asks for by `name`; nil where no file can be called so.
    package init?(name: String) {
        guard name.utf8.count <= Self.maximumNameLength else { return nil }
        let pieces = Array(name.utf8).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        switch (pieces.count, pieces.last) {
        case (2, "mp4"):
            self = .initialisation(name: name)
        case (2, "m4s"):
            guard let number = DecimalNumber(pieces[0]) else { return nil }
            self = .segment(number.value)
        case (3, "m4s"):
            guard let number = DecimalNumber(pieces[0]), let part = DecimalNumber(pieces[1]) else { return nil }
            self = .part(PartPosition(segment: number.value, part: Int(clamping: part.value)))
        default:
            return nil
        }
    }

    package var name: String {
        switch self {
        case .initialisation(let name): name
        case .segment(let number): "\(number).m4s"
        case .part(let position): "\(position.segment).\(position.part).m4s"
        }
    }
}

/// A decimal-integer (RFC 8216 §4.2) as a client writes it: digits only, in one spelling.
struct DecimalNumber {
    let value: Int64

    init?(_ text: some StringProtocol) {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.utf8.count == 1 || text.utf8.first != 0x30,
            let value = Int64(text)
        else { return nil }
        self.value = value
    }
}
