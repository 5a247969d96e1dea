import Access
import Foundation
import Yams

extension ProgrammePlan {
    /// The plan's YAML text, which reads as this plan.
    package func yaml() throws -> String {
        try Yams.serialize(node: node, indent: 2, width: 120, allowUnicode: true)
    }

    private var node: Node {
        let time = LocalTime(in: zone)
        return Node(fields: [
            ("conference", Node(slug)), ("title", title.node), ("time-zone", Node(zone.identifier)),
            ("starts", Node(time.text(startsAt))), ("ends", Node(time.text(endsAt))),
            ("rooms", Node(rooms.map { Node(fields: [("key", Node($0.key)), ("name", $0.name.node)]) })),
            ("sessions", Node(sessions.map { $0.node(time) })),
        ])
    }
}

extension ProgrammePlan.Session {
    fileprivate func node(_ time: LocalTime) -> Node {
        Node(fields: [
            ("key", Node(key)), ("room", Node(room)), ("title", title.node), ("abstract", abstract?.node),
            ("speakers", speakers.isEmpty ? nil : Node(speakers.map(\.node))), ("format", Node(format.rawValue)),
            ("audiences", Node(words: Audience.allCases.filter(audiences.contains).map(\.rawValue))),
            ("others-watch", letsOthersWatch ? nil : Node("false")), ("languages", Node(words: languages)),
            ("starts", Node(time.text(startsAt))), ("ends", Node(time.text(endsAt))),
            ("recorded", isRecorded ? nil : Node("false")),
        ])
    }
}

extension Speaker {
    fileprivate var node: Node {
        Node(fields: [("name", Node(text: name)), ("organisation", organisation.isEmpty ? nil : Node(text: organisation))])
    }
}

extension LocalisedText {
    fileprivate var node: Node {
        Node(fields: texts.sorted { $0.key < $1.key }.map { ($0.key, Node(text: $0.value)) })
    }
}

extension Node {
    /// A mapping in this order, without what is nil.
    fileprivate init(fields: [(String, Node?)]) {
        self.init(fields.compactMap { name, value in value.map { (Node(name), $0) } }, .implicit, .block)
    }

    /// What people read, in a form that says it is text whatever it looks like.
    fileprivate init(text: String) {
        self.init(text, .implicit, text.contains("\n") ? .literal : .doubleQuoted)
    }

    /// `[en, fr]`; nil where there is none.
    fileprivate init?(words: [String]) {
        guard !words.isEmpty else { return nil }
        self.init(words.map { Node($0) }, .implicit, .flow)
    }
}
