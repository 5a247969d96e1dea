/// A session description (RFC 8866) as far as WebRTC uses it: attributes of the session, and its media sections.
package struct SessionDescription: Hashable, Sendable {
    /// Bytes of the longest text that is read; browsers write 5 to 10 thousand.
    package static let maximumLength = 65_536
    /// Sections that are read; a whole call of one browser has two.
    package static let maximumSections = 16

    package var attributes: [SDPAttribute] = []
    package var sections: [MediaSection] = []

    init() {}

    package init(_ text: String) throws(SDPError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw SDPError(.malformed, "A session description of more than \(Self.maximumLength) bytes.")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.first == "v=0" else { throw SDPError(.malformed, "A session description begins with v=0.") }
        for line in lines.dropFirst() { try read(line) }
    }

    private mutating func read(_ line: Substring) throws(SDPError) {
        guard line.utf8.count >= 2, line.dropFirst().first == "=" else {
            throw SDPError(.malformed, "“\(line.prefix(40))” is no line of a session description.")
        }
        let value = line.dropFirst(2)
        switch line.first {
        case "m": try begin(MediaSection(value))
        case "a": append(SDPAttribute(value))
        default: break
        }
    }

    private mutating func begin(_ section: MediaSection) throws(SDPError) {
        guard sections.count < Self.maximumSections else {
            throw SDPError(.malformed, "A session description of more than \(Self.maximumSections) sections.")
        }
        sections.append(section)
    }

    private mutating func append(_ attribute: SDPAttribute) {
        if sections.isEmpty {
            attributes.append(attribute)
        } else {
            sections[sections.count - 1].attributes.append(attribute)
        }
    }
}

/// A line `a=name` or `a=name:value`.
package struct SDPAttribute: Hashable, Sendable {
    package let name: String
    package let value: String?

    package init(_ name: String, _ value: String? = nil) {
        self.name = name
        self.value = value
    }

    init(_ text: Substring) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        name = String(parts.first ?? "")
        value = parts.count == 2 ? String(parts[1]) : nil
    }

    package var line: String { "a=" + name + (value.map { ":" + $0 } ?? "") }
}

extension [SDPAttribute] {
    /// The value of the first of this name; empty where it has none.
    subscript(_ name: String) -> String? {
        first { $0.name == name }.map { $0.value ?? "" }
    }

    func all(_ name: String) -> [String] {
        filter { $0.name == name }.compactMap(\.value)
    }
}

/// What follows a line `m=` (RFC 8866 §5.14).
package struct MediaSection: Hashable, Sendable {
    package let media: String
    package let transport: String
    /// Payload types for RTP.
    package let formats: [String]
    package var attributes: [SDPAttribute] = []

    init(_ value: Substring) throws(SDPError) {
        let parts = value.split(separator: " ")
        guard parts.count >= 4, UInt16(parts[1]) != nil else {
            throw SDPError(.malformed, "“m=\(value.prefix(40))” is no media section.")
        }
        (media, transport, formats) = (String(parts[0]), String(parts[2]), parts.dropFirst(3).map(String.init))
    }
}
