/// What a `Range` header asks of a representation (RFC 9110 §14.1.2, §14.2).
enum RangeRequest: Equatable, Sendable {
    /// No range, or one that is to be ignored: the whole is sent.
    case whole
    /// These bytes, both ends included.
    case part(ClosedRange<Int64>)
    /// None of the bytes asked for exist: 416.
    case unsatisfiable
}

extension RangeRequest {
    /// Longest header that is looked at, in bytes.
    static let maximumLength = 128

    /// Reads the header for a representation of `length` bytes.
    ///
    /// A server may ignore a Range header (§14.2): so it does with another unit, with what is malformed, and with several
    /// ranges, for which nobody among our players and download tools asks.
    init(header: String?, length: Int64) {
        guard let header, header.utf8.count <= Self.maximumLength, let spec = Self.spec(in: header) else {
            self = .whole
            return
        }
        switch spec {
        case .from(let first):
            self = first < length ? .part(first...(length - 1)) : .unsatisfiable
        case .between(let first, let last):
            self = first < length ? .part(first...min(last, length - 1)) : .unsatisfiable
        case .last(let count):
            self = count > 0 && length > 0 ? .part(max(0, length - count)...(length - 1)) : .unsatisfiable
        }
    }

    private enum Spec {
        case from(Int64)
        case between(Int64, Int64)
        case last(Int64)
    }

    private static func spec(in header: String) -> Spec? {
        let parts = header.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].lowercased() == "bytes" else { return nil }
        let ends = parts[1].split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { trim($0) }
        guard ends.count == 2 else { return nil }
        switch (number(ends[0]), number(ends[1])) {
        case (let first?, let last?): return first <= last ? .between(first, last) : nil
        case (let first?, nil) where ends[1].isEmpty: return .from(first)
        case (nil, let count?) where ends[0].isEmpty: return .last(count)
        default: return nil
        }
    }

    /// Optional white space is space and tab (RFC 9110 §5.6.3).
    private static func trim(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " || $0 == "\t" }
        guard let last = start.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return start[...last]
    }

    /// `1*DIGIT`; a number beyond 64 bits lies beyond every file and is taken as the largest.
    private static func number(_ digits: Substring) -> Int64? {
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int64(digits) ?? .max
    }
}
