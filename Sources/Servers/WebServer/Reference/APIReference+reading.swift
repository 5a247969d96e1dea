import Yams

extension APIReference {
    /// Reads an OpenAPI 3.1 document. What it does not have is left empty.
    ///
    /// - Throws: `YamlError` where it is not YAML at all.
    init(reading yaml: String) throws {
        self.init(DescriptionReader(root: try Yams.compose(yaml: yaml) ?? Node([(Node, Node)]())))
    }

    private init(_ reader: DescriptionReader) {
        let operations = reader.root.at("paths").pairs.flatMap(reader.operations)
        self.init(
            text: reader.root.at("info").words("description"),
            groups: reader.root.at("tags").items.map { tag in
                let name = tag.words("name")
                return Group(
                    name: name, text: tag.words("description"),
                    operations: operations.filter { $0.tag == name }.map(\.operation))
            },
            objects: reader.root.at("components").at("schemas").pairs.map(reader.object))
    }
}

/// Walks through a description, and follows its references.
private struct DescriptionReader {
    let root: Node

    func operations(of path: String, _ item: Node) -> [(tag: String, operation: APIReference.Operation)] {
        ["get", "post", "put", "patch", "delete"].compactMap { method in
            guard let node = item.at(method) else { return nil }
            let parameters = item.at("parameters").items + node.at("parameters").items
            let operation = APIReference.Operation(
                id: node.words("operationId"), method: method.uppercased(), path: path, summary: node.words("summary"),
                text: node.words("description"), isOpen: node.at("security").map { $0.items.isEmpty } ?? false,
                members: parameters.map(parameter) + members(of: content(node.at("requestBody").map(followed))),
                answers: node.at("responses").pairs.map(answer))
            return (node.at("tags").items.first?.string ?? "", operation)
        }
    }

    func object(_ name: String, _ schema: Node) -> APIReference.Object {
        APIReference.Object(name: name, text: schema.words("description"), type: type(schema), members: members(of: schema))
    }

    private func parameter(_ reference: Node) -> APIReference.Member {
        let node = followed(reference)
        return APIReference.Member(
            name: node.words("name"), place: .init(rawValue: node.words("in")) ?? .header, type: type(node.at("schema")),
            isRequired: node.at("required")?.bool ?? false, text: node.words("description"))
    }

    private func answer(_ status: String, _ reference: Node) -> APIReference.Answer {
        let node = followed(reference)
        return APIReference.Answer(status: status, type: content(node).map(type), text: node.words("description"))
    }

    private func members(of schema: Node?) -> [APIReference.Member] {
        guard let schema = schema.map(followed) else { return [] }
        let required = schema.at("required").items.compactMap(\.string)
        return schema.at("properties").pairs.map { name, node in
            APIReference.Member(
                name: name, place: .body, type: type(node), isRequired: required.contains(name), text: node.words("description"))
        }
    }

    /// The schema of what is sent, where it is an object of JSON.
    private func content(_ node: Node?) -> Node? {
        node?.at("content").pairs.first { $0.key.hasSuffix("json") }?.value.at("schema")
    }

    private func type(_ schema: Node?) -> APIReference.ValueType {
        guard let schema else { return .init(words: "any", object: nil) }
        if let name = schema.at("$ref")?.string?.split(separator: "/").last.map(String.init) {
            return .init(words: name, object: name)
        }
        let values = schema.at("enum").items.compactMap(\.string)
        if !values.isEmpty { return .init(words: values.joined(separator: " | "), object: nil) }
        if schema.at("type")?.string == "array" {
            let item = type(schema.at("items"))
            return .init(words: "[\(item.words)]", object: item.object)
        }
        return .init(words: schema.at("format")?.string ?? schema.at("type").map(Self.names) ?? "any", object: nil)
    }

    private static func names(_ type: Node) -> String {
        type.string ?? type.items.compactMap(\.string).joined(separator: " | ")
    }

    /// What `$ref` leads to within the document; the node itself where there is none.
    private func followed(_ node: Node) -> Node {
        guard let reference = node.at("$ref")?.string, reference.hasPrefix("#/") else { return node }
        return reference.dropFirst(2).split(separator: "/").reduce(Node?.some(root)) { $0?.at(String($1)) } ?? node
    }
}

extension Node {
    fileprivate func at(_ key: String) -> Node? { mapping?[Node(key)] }

    /// The text below a key, without line ends around it.
    fileprivate func words(_ key: String) -> String {
        var text = Substring(at(key)?.string ?? "")
        while text.last?.isNewline == true { text.removeLast() }
        return String(text)
    }
}

extension Node? {
    fileprivate func at(_ key: String) -> Node? { flatMap { $0.at(key) } }
    fileprivate func words(_ key: String) -> String { self?.words(key) ?? "" }
    fileprivate var items: [Node] { self?.sequence.map(Array.init) ?? [] }
    fileprivate var pairs: [(key: String, value: Node)] {
        self?.mapping?.map { (key: $0.key.string ?? "", value: $0.value) } ?? []
    }
}

extension Node {
    fileprivate var items: [Node] { Node?.some(self).items }
}
