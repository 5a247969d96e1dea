/// Writes an iCalendar object (RFC 5545 §3.1): CRLF after each line, and no line of more than 75 octets.
struct CalendarText {
    /// Octets of a line, without its end.
    static let longestLine = 75

    private(set) var text = ""

    /// A property whose value is ours: an instant, a number, an id, an address.
    mutating func add(_ name: String, _ value: String) {
        add(line: "\(name):\(value)")
    }

    /// A property whose value is somebody's words (§3.3.11).
    mutating func add(_ name: String, words: String) {
        add(name, Self.escaped(words))
    }

    /// A property with several words, each escaped, with commas between.
    mutating func add(_ name: String, list: [String]) {
        guard !list.isEmpty else { return }
        add(name, list.map(Self.escaped).joined(separator: ","))
    }

    /// A folded line goes on after a space, which counts; no character is torn.
    private mutating func add(line: String) {
        var room = Self.longestLine
        for character in line.unicodeScalars {
            let width = UTF8.width(character)
            if width > room {
                text += "\r\n "
                room = Self.longestLine - 1
            }
            text.unicodeScalars.append(character)
            room -= width
        }
        text += "\r\n"
    }

    private static func escaped(_ words: String) -> String {
        var escaped = String.UnicodeScalarView()
        for character in words.unicodeScalars {
            switch character {
            case "\\", ";", ",": escaped.append(contentsOf: ["\\", character])
            case "\n": escaped.append(contentsOf: ["\\", "n"])
            case _ where character.properties.generalCategory == .control: break
            default: escaped.append(character)
            }
        }
        return String(escaped)
    }
}
