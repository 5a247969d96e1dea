/// The lines of `checksums.sha256`, as sha256sum(1) writes and reads them.
struct ChecksumList {
    /// The sum of each file.
    private(set) var sums: [String: Fingerprint] = [:]
    /// Where lines stand that are none.
    private(set) var badLines: [Range<Int64>] = []

    static func line(_ sum: Fingerprint, _ name: String) -> String { "\(sum)  \(name)\n" }

    /// Reads a list. Each line has to be exactly as `line` writes it, and names a file of the same folder.
    init(_ bytes: [UInt8]) {
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
            take(bytes[start..<end])
            start = end
        }
    }

    private mutating func take(_ line: ArraySlice<UInt8>) {
        let text = String(decoding: line, as: UTF8.self)
        let name = String(text.dropFirst(Fingerprint.length + 2).dropLast())
        guard let sum = Fingerprint(String(text.prefix(Fingerprint.length))), Self.isName(name), sums[name] == nil,
            Array(Self.line(sum, name).utf8).elementsEqual(line)
        else { return badLines.append(Int64(line.startIndex)..<Int64(line.endIndex)) }
        sums[name] = sum
    }

    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.contains("/") && name != "." && name != ".."
    }
}
