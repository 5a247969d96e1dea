import Yams

/// A node of a plan and the way to it.
struct PlanPlace {
    let node: Node
    /// `sessions[3].title.fr`
    let field: String

    /// From 1.
    var line: Int { node.mark?.line ?? 1 }

    /// Nothing, as `abstract:` or `abstract: ~` says it.
    var isEmpty: Bool {
        guard case .scalar(let scalar) = node, scalar.style != .doubleQuoted, scalar.style != .singleQuoted else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }
}

/// The fields of one mapping, by name.
struct PlanFields {
    let place: PlanPlace
    let places: [String: PlanPlace]
}

/// Reads nodes and notes every fault with its line and field; one reader reads one text.
///
/// What it reads is led by what a plan has, never by what the text has, and every list has a bound.
final class PlanReader {
    private(set) var faults: [PlanError.Fault] = []

    func note(_ message: String, at place: PlanPlace) {
        note(message, line: place.line, field: place.field)
    }

    private func note(_ message: String, line: Int, field: String) {
        guard faults.count < PlanError.mostFaults else { return }
        faults.append(PlanError.Fault(line: line, field: field, message: message))
    }

    /// Nil where it is no mapping. Fields that a plan does not have are faults.
    func fields(of place: PlanPlace, known: [String]) -> PlanFields? {
        guard case .mapping(let mapping) = place.node else {
            note("fields are wanted here: \(known.joined(separator: ", "))", at: place)
            return nil
        }
        var places: [String: PlanPlace] = [:]
        for (name, node) in mapping {
            let key = PlanPlace(node: name, field: place.field)
            guard case .scalar(let scalar) = name, known.contains(scalar.string) else {
                note("“\(shown(name))” is no field here; there is \(known.joined(separator: ", "))", at: key)
                continue
            }
            let field = PlanPlace(node: node, field: place.field.isEmpty ? scalar.string : "\(place.field).\(scalar.string)")
            if !field.isEmpty { places[scalar.string] = field }
        }
        return PlanFields(place: place, places: places)
    }

    /// Nil, and a fault, where it is absent or cannot be read.
    func required<Value>(_ name: String, of fields: PlanFields, as read: (PlanPlace) -> Value?) -> Value? {
        if let place = fields.places[name] { return read(place) }
        let way = fields.place.field.isEmpty ? name : "\(fields.place.field).\(name)"
        note("it is missing", line: fields.place.line, field: way)
        return nil
    }

    /// Nothing where the field is absent.
    func list<Value>(_ name: String, of fields: PlanFields, atMost most: Int, as read: (PlanPlace) -> Value?) -> [Value] {
        guard let place = fields.places[name] else { return [] }
        guard case .sequence(let sequence) = place.node else {
            note("a list is wanted here", at: place)
            return []
        }
        guard sequence.count <= most else {
            note("there are \(sequence.count) of them; at most \(most) are read", at: place)
            return []
        }
        return sequence.enumerated().compactMap { read(PlanPlace(node: $1, field: "\(place.field)[\($0)]")) }
    }

    /// As much of a name as an error repeats.
    private func shown(_ node: Node) -> String {
        guard case .scalar(let scalar) = node else { return "…" }
        return String(String.UnicodeScalarView(scalar.string.unicodeScalars.prefix(40)).filter { !$0.isNewline })
    }
}
