/// A list of cues as WebVTT writes it (https://www.w3.org/TR/webvtt1/): chapters, and where thumbnails lie.
package enum WebVTT {
    package struct Cue: Hashable, Sendable {
        package let start: Duration
        package let end: Duration
        package let text: String

        package init(start: Duration, end: Duration, text: String) {
            self.start = start
            self.end = end
            self.text = text
        }
    }

    package static func text(_ cues: [Cue]) -> String {
        "WEBVTT\n" + cues.map { "\n\(time($0.start)) --> \(time($0.end))\n\(escaped($0.text))\n" }.joined()
    }

    /// `01:02:03.456`
    private static func time(_ duration: Duration) -> String {
        let milliseconds = max(0, Int64(duration / .milliseconds(1)))
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        return "\(digits(seconds / 3600, 2)):\(digits(seconds / 60 % 60, 2)):\(digits(seconds % 60, 2)).\(digits(rest, 3))"
    }

    private static func digits(_ value: Int64, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }

    /// A cue ends at the first blank line, and `-->`, `<` and `&` mean something in it.
    private static func escaped(_ text: String) -> String {
        let line = text.map { $0.isNewline ? " " : String($0) }.joined()
        return line.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
