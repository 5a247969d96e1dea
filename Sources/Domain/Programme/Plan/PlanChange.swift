import Access
import Foundation

/// What one plan has otherwise than another, for whoever decides on it.
package struct PlanChange: Hashable, Codable, Sendable {
    package enum Kind: String, Hashable, Codable, Sendable {
        case added
        case changed
        case removed
    }

    package struct Field: Hashable, Codable, Sendable {
        /// `title.fr`
        package let name: String
        /// Nil where there was none.
        package let before: String?
        /// Nil where there is none any more.
        package let after: String?
    }

    package let kind: Kind
    /// `conference`, `room plenary` or `session opening`.
    package let subject: String
    /// Those that differ, in the plan's order; none of what is removed.
    package let fields: [Field]
}

extension PlanChange: CustomStringConvertible {
    /// As the command line shows it.
    package var description: String {
        let sign =
            switch kind {
            case .added: "+"
            case .changed: "~"
            case .removed: "-"
            }
        return (["\(sign) \(subject)"] + fields.map { "    \($0)" }).joined(separator: "\n")
    }
}

extension PlanChange.Field: CustomStringConvertible {
    package var description: String {
        let parts = [before, after].map { $0.map { "“\($0)”" } ?? "nothing" }
        return before == nil ? "\(name): \(parts[1])" : "\(name): \(parts[0]) → \(parts[1])"
    }
}

extension ProgrammePlan {
    /// What is otherwise in `self` than in `standing`; nil where nothing stands yet. Rooms that a plan leaves out stay.
    package func changes(from standing: ProgrammePlan?) -> [PlanChange] {
        let rooms = Self.changes(standing?.rooms.map(\.entry) ?? [], rooms.map(\.entry)).filter { $0.kind != .removed }
        let (before, after) = (standing.map { LocalTime(in: $0.zone) }, LocalTime(in: zone))
        let sessions = Self.changes(
            standing.flatMap { plan in before.map { time in plan.sessions.map { $0.entry(time) } } } ?? [],
            sessions.map { $0.entry(after) })
        return Self.changes(standing.map { [$0.entry] } ?? [], [entry]) + rooms + sessions
    }

    private static func changes(_ before: [Entry], _ after: [Entry]) -> [PlanChange] {
        let known = Dictionary(before.map { ($0.subject, $0) }) { first, _ in first }
        let kept = Set(after.map(\.subject))
        let changed = after.compactMap { $0.change(from: known[$0.subject]) }
        return changed
            + before.filter { !kept.contains($0.subject) }.map {
                PlanChange(kind: .removed, subject: $0.subject, fields: [])
            }
    }

    private var entry: Entry {
        let time = LocalTime(in: zone)
        return Entry(
            subject: "conference",
            fields: title.fields("title") + [
                ("time-zone", zone.identifier), ("starts", time.text(startsAt)), ("ends", time.text(endsAt)),
            ])
    }
}

/// One thing of a plan, as fields of text.
private struct Entry {
    let subject: String
    let fields: [(name: String, text: String)]

    func change(from before: Entry?) -> PlanChange? {
        let old = Dictionary((before?.fields ?? []).map { ($0.name, $0.text) }) { first, _ in first }
        let new = Dictionary(fields.map { ($0.name, $0.text) }) { first, _ in first }
        let names = fields.map(\.name) + (before?.fields.map(\.name) ?? []).filter { new[$0] == nil }
        let differing = names.filter { old[$0] != new[$0] }
        guard !differing.isEmpty else { return nil }
        return PlanChange(
            kind: before == nil ? .added : .changed, subject: subject,
            fields: differing.map { PlanChange.Field(name: $0, before: old[$0], after: new[$0]) })
    }
}

extension ProgrammePlan.Room {
    fileprivate var entry: Entry { Entry(subject: "room \(key)", fields: name.fields("name")) }
}

extension ProgrammePlan.Session {
    fileprivate func entry(_ time: LocalTime) -> Entry {
        let lists = [
            ("speakers", speakers.map { $0.organisation.isEmpty ? $0.name : "\($0.name) (\($0.organisation))" }),
            ("audiences", Audience.allCases.filter(audiences.contains).map(\.rawValue)), ("languages", languages),
        ]
        let words = [
            ("room", room), ("format", format.rawValue), ("starts", time.text(startsAt)), ("ends", time.text(endsAt)),
            ("others-watch", letsOthersWatch ? "true" : "false"), ("recorded", isRecorded ? "true" : "false"),
        ]
        return Entry(
            subject: "session \(key)",
            fields: title.fields("title") + (abstract?.fields("abstract") ?? []) + words
                + lists.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: ", ")) })
    }
}

extension LocalisedText {
    fileprivate func fields(_ name: String) -> [(name: String, text: String)] {
        texts.sorted { $0.key < $1.key }.map { ("\(name).\($0.key)", $0.value) }
    }
}
