/// A line of an index: a body, and the chain value that vouches for it and for all lines before it.
///
/// The chain is computed over the bytes of the body as they stand, never over what a parser made of them.
struct IndexLine: Hashable {
    let body: [UInt8]
    let chain: Fingerprint

    private static let joint = Array(#","chain":""#.utf8)
    private static let end = Array("\"}\n".utf8)

    /// The line that follows one with the chain value `previous`; nil begins an index.
    init(body: String, after previous: Fingerprint?) {
        self.body = Array(body.utf8)
        self.chain = Self.chain(of: self.body, after: previous)
    }

    /// Takes a line apart; nil where it does not end in a chain value and LF.
    init?(_ line: [UInt8]) {
        let tail = Self.joint.count + Fingerprint.length + Self.end.count
        guard line.count > tail, line.count <= RecordingLimits.line else { return nil }
        let rest = line.suffix(tail)
        guard rest.starts(with: Self.joint), rest.suffix(Self.end.count).elementsEqual(Self.end),
            let chain = Fingerprint(String(decoding: rest.dropFirst(Self.joint.count).dropLast(Self.end.count), as: UTF8.self))
        else { return nil }
        self.body = Array(line.dropLast(tail))
        self.chain = chain
    }

    var bytes: [UInt8] { body + Self.joint + Array(chain.text.utf8) + Self.end }

    /// The body as the JSON object that it begins.
    var json: [UInt8] { body + [UInt8(ascii: "}")] }

    func follows(_ previous: Fingerprint?) -> Bool {
        chain == Self.chain(of: body, after: previous)
    }

    /// SHA-256(previous ‖ body).
    static func chain(of body: [UInt8], after previous: Fingerprint?) -> Fingerprint {
        Fingerprint(of: Array((previous?.text ?? "").utf8) + body)
    }
}
