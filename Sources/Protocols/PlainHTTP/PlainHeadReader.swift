import NIOCore

/// Reads a request's head byte by byte, once.
struct PlainHeadReader {
    /// Why it goes no further.
    private enum End: Error {
        case incomplete
        case foreign
    }

    private let bytes: ByteBuffer
    private var place = 0
    private var places = [Range<Int>?](repeating: nil, count: PlainRequest.Field.allCases.count)
    private var contentLength: Int?
    private var isConditional = false

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    mutating func read() -> PlainRequest.Reading {
        do throws(End) {
            let (method, target) = try readRequestLine()
            try readFields()
            let request = PlainRequest(
                method: method, contentLength: contentLength ?? 0, isConditional: isConditional, head: bytes, targetPlace: target,
                places: places)
            return .plain(request, length: place)
        } catch {
            return error == .incomplete && bytes.readableBytes < PlainRequest.maximumLength ? .incomplete : .foreign
        }
    }

    private mutating func readRequestLine() throws(End) -> (PlainRequest.Method, target: Range<Int>) {
        let method = try readRun(until: UInt8(ascii: " "), of: Self.isToken)
        let target = try readRun(until: UInt8(ascii: " "), of: Self.isVisible)
        let version = try readRun(until: UInt8(ascii: "\r"), of: Self.isVisible)
        try skip(UInt8(ascii: "\n"))
        guard !target.isEmpty, matches(version, Self.version), let known = self.method(method) else { throw .foreign }
        return (known, target)
    }

    private mutating func readFields() throws(End) {
        for _ in 0..<PlainRequest.maximumFields {
            if try peek() == UInt8(ascii: "\r") {
                place += 1
                return try skip(UInt8(ascii: "\n"))
            }
            let name = try readRun(until: UInt8(ascii: ":"), of: Self.isToken)
            let value = try readRun(until: UInt8(ascii: "\r"), of: Self.isText)
            try skip(UInt8(ascii: "\n"))
            guard !name.isEmpty else { throw .foreign }
            try take(name, trimmed(value))
        }
        throw .foreign
    }

    private mutating func take(_ name: Range<Int>, _ value: Range<Int>) throws(End) {
        switch Self.words[name.count]?.first(where: { matches(name, $0.name) })?.meaning {
        case nil: break
        case .condition: isConditional = true
        case .connection where matches(value, Self.keepAlive): break
        case .connection, .framing: throw .foreign
        case .contentLength:
            guard contentLength == nil else { throw .foreign }
            contentLength = try number(value)
        case .value(let field):
            guard places[field.rawValue] == nil else { throw .foreign }
            places[field.rawValue] = value
        }
    }

    private func number(_ value: Range<Int>) throws(End) -> Int {
        guard (1...9).contains(value.count) else { throw .foreign }
        let span = bytes.readableBytesUInt8Span
        var number = 0
        for index in value {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(span[index]) else { throw .foreign }
            number = number * 10 + Int(span[index] - UInt8(ascii: "0"))
        }
        return number
    }
}

// MARK: - Bytes

extension PlainHeadReader {
    private func peek() throws(End) -> UInt8 {
        guard place < bytes.readableBytes else { throw .incomplete }
        return bytes.readableBytesUInt8Span[place]
    }

    private mutating func skip(_ byte: UInt8) throws(End) {
        guard try peek() == byte else { throw .foreign }
        place += 1
    }

    /// Goes past the first `end`, before which only bytes of one kind may stand.
    private mutating func readRun(until end: UInt8, of isAllowed: (UInt8) -> Bool) throws(End) -> Range<Int> {
        let run = place..<(try find(end, after: isAllowed))
        place = run.upperBound + 1
        return run
    }

    private func find(_ end: UInt8, after isAllowed: (UInt8) -> Bool) throws(End) -> Int {
        let span = bytes.readableBytesUInt8Span
        for index in place..<span.count {
            if span[index] == end { return index }
            guard isAllowed(span[index]) else { throw .foreign }
        }
        throw .incomplete
    }

    /// Without the spaces and tabs at both ends (RFC 9110 §5.5).
    private func trimmed(_ value: Range<Int>) -> Range<Int> {
        let span = bytes.readableBytesUInt8Span
        var (start, end) = (value.lowerBound, value.upperBound)
        while start < end, Self.isBlank(span[start]) { start += 1 }
        while start < end, Self.isBlank(span[end - 1]) { end -= 1 }
        return start..<end
    }

    /// `word` is in lower case; letters match in both.
    private func matches(_ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        let span = bytes.readableBytesUInt8Span
        for offset in word.indices where Self.lowercased(span[range.lowerBound + offset]) != word[offset] { return false }
        return true
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    private static func isText(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") }

    /// tchar (RFC 9110 §5.6.2)
    private static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5E...0x60, 0x7C, 0x7E: true
        default: false
        }
    }
}

// MARK: - Words

extension PlainHeadReader {
    /// What a field is to us.
    private enum Meaning {
        case value(PlainRequest.Field)
        case condition
        case connection
        case contentLength
        /// It decides where the request ends, or what becomes of the connection.
        case framing
    }

    private static let version = Array("http/1.1".utf8)
    private static let keepAlive = Array("keep-alive".utf8)

    /// By their length.
    private static let words: [Int: [(name: [UInt8], meaning: Meaning)]] = {
        let values: [(String, PlainRequest.Field)] = [
            ("cookie", .cookie), ("accept-encoding", .acceptEncoding), ("origin", .origin),
            ("x-forwarded-proto", .forwardedProto), ("x-forwarded-host", .forwardedHost), ("x-forwarded-for", .forwardedFor),
        ]
        let conditions = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "if-range", "range"]
        let framing = ["transfer-encoding", "upgrade", "expect", "trailer", "te"]
        let words =
            values.map { ($0, Meaning.value($1)) } + conditions.map { ($0, .condition) } + framing.map { ($0, .framing) }
            + [("connection", .connection), ("content-length", .contentLength)]
        return Dictionary(grouping: words.map { (name: Array($0.0.utf8), meaning: $0.1) }) { $0.name.count }
    }()

    private func method(_ range: Range<Int>) -> PlainRequest.Method? {
        switch bytes.getString(at: bytes.readerIndex + range.lowerBound, length: range.count) {
        case "GET": .get
        case "HEAD": .head
        case "POST", "PUT", "PATCH", "DELETE", "OPTIONS": .other
        default: nil
        }
    }
}
