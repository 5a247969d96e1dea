import Events
import NIOCore
import Time

/// The text of server-sent events (WHATWG HTML §9.2.5).
enum EventText {
    /// An event with its number as id, so that a browser that comes back says where it was.
    static func event(_ event: Event) -> ByteBuffer {
        message("id: \(event.sequence)\nevent: \(event.kind.rawValue)\n", data: data(of: event))
    }

    /// An event without an id: it is not stored, and nobody asks for it again.
    static func passing(_ kind: String, data: String) -> ByteBuffer {
        message("event: \(kind)\n", data: data)
    }

    /// Keeps the line open where somebody between closes silent ones.
    static let comment = ByteBuffer(string: ": still here\n\n")

    /// How long a browser waits before it comes back.
    static func retry(after duration: Duration) -> ByteBuffer {
        ByteBuffer(string: "retry: \(duration.components.seconds * 1000)\n\n")
    }

    private static func message(_ head: String, data: String) -> ByteBuffer {
        let lines = data.split(omittingEmptySubsequences: false, whereSeparator: endsLine).map { "data: \($0)\n" }.joined()
        return ByteBuffer(string: "\(head)\(lines)\n")
    }

    /// What ends a line of a stream: not all that Unicode calls a new line.
    private static func endsLine(_ character: Character) -> Bool {
        character == "\n" || character == "\r" || character == "\r\n"
    }

    /// The facts of the event, with its instant and session before them. The facts are a JSON object of our own.
    private static func data(of event: Event) -> String {
        let session = event.session.map { "\"session\":\"\($0)\"," } ?? ""
        let facts = event.data.drop(while: \.isWhitespace).dropFirst().drop(while: \.isWhitespace)
        let head = "{\"instant\":\"\(event.instant.text)\",\(session)"
        return facts.first == "}" ? head.dropLast() + "}" : head + facts
    }
}
