/// Names one peer of this server. Whoever knows it may end the peer: it cannot be guessed (WHIP-22).
package struct PeerID: Hashable, Sendable, LosslessStringConvertible {
    private static let length = 16
    /// 32 hexadecimal digits.
    package let description: String

    package init(_ text: String) {
        description = text
    }

    /// A new one, of 128 random bits.
    package init() {
        let bytes = (0..<Self.length).map { _ in UInt8.random(in: .min ... .max) }
        self.init(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
    }
}
