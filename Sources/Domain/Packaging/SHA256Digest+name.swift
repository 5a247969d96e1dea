import Crypto

extension SHA256Digest {
    /// The first bytes in hexadecimal digits, two for each: enough to tell the contents of one session apart.
    func name(bytes: Int) -> String {
        prefix(bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
