import Yams

/// The YAML text of a plan, before anything is known of what it says.
///
/// Aliases are refused before the parser runs: one line of them may stand for any number of nodes.
package enum PlanText {
    /// In bytes: some 500 sessions with long abstracts in two languages.
    package static let longest = 1 << 20

    static func root(of text: String) throws(PlanError) -> Node {
        guard text.utf8.count <= longest else { throw PlanError(line: 1, "a plan has at most \(longest >> 20) MiB") }
        if let line = lineOfAlias(in: text) {
            throw PlanError(line: line, "anchors and aliases (&name, *name) are not read here; write the text out")
        }
        do {
            guard let root = try Yams.compose(yaml: text) else { throw PlanError(line: 1, "the text is empty") }
            return root
        } catch let error as PlanError {
            throw error
        } catch let error as YamlError {
            throw PlanError(error)
        } catch {
            throw PlanError(line: 1, "this is no YAML text")
        }
    }

    /// The line of the first `*name` for which there is a `&name`.
    private static func lineOfAlias(in text: String) -> Int? {
        let anchors = Set(names(after: UInt8(ascii: "&"), in: text.utf8).map(\.name))
        guard !anchors.isEmpty else { return nil }
        return names(after: UInt8(ascii: "*"), in: text.utf8).first { anchors.contains($0.name) }?.line
    }

    private static func names(after sign: UInt8, in text: String.UTF8View) -> [(name: Substring, line: Int)] {
        var found: [(name: Substring, line: Int)] = []
        var (line, rest) = (1, text[...])
        while let place = rest.firstIndex(where: { $0 == sign || $0 == UInt8(ascii: "\n") }) {
            let isSign = rest[place] == sign
            rest = rest[rest.index(after: place)...]
            let name = isSign ? rest.prefix(while: isOfName) : rest.prefix(0)
            if !name.isEmpty { found.append((Substring(name), line)) }
            if !isSign { line += 1 }
        }
        return found
    }

    /// What libyaml takes for the name of an anchor.
    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension PlanError {
    fileprivate init(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            self.init(line: mark.line, "this is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            self.init(line: context.mark.line, "“\(keys.first?.prefix(80) ?? "")” stands twice in one place")
        case .reader(_, let offset, _, let yaml):
            let before = yaml.utf8.prefix(max(0, offset ?? 0))
            self.init(line: before.count { $0 == UInt8(ascii: "\n") } + 1, "a character stands here that YAML does not allow")
        default:
            self.init(line: 1, "this is no YAML text")
        }
    }
}
