/// `/api`: the interface for programs, to read.
struct ReferencePage: Page {
    static let template = "reference"
    let reference: APIReference

    func title(in words: Wording) -> String { words.phrases("reference.title") }

    func fields(in words: Wording) -> Fields {
        [
            "text": Self.paragraphs(reference.text),
            "groups": .list(
                of: reference.groups.map { group in
                    [
                        "group": .text(group.name), "text": Self.paragraphs(group.text),
                        "operations": .list(of: group.operations.map { Self.fields(of: $0, in: words) }),
                    ]
                }),
            "objects": .list(
                of: reference.objects.map { object in
                    [
                        "object": .text(object.name), "text": Self.paragraphs(object.text),
                        "value": .text(object.members.isEmpty ? object.type.words : nil),
                        "members": Self.list(object.members, in: words), "hasMembers": .flag(!object.members.isEmpty),
                    ]
                }),
        ]
    }

    private static func fields(of operation: APIReference.Operation, in words: Wording) -> Fields {
        [
            "id": .text(operation.id), "method": .text(operation.method), "path": .text(operation.path),
            "summary": .text(operation.summary), "text": paragraphs(operation.text), "open": .flag(operation.isOpen),
            "members": list(operation.members, in: words), "hasMembers": .flag(!operation.members.isEmpty),
            "answers": .list(
                of: operation.answers.map { answer in
                    [
                        "status": .text(answer.status), "text": paragraphs(answer.text), "type": .text(answer.type?.words),
                        "object": .text(answer.type?.object),
                    ]
                }),
        ]
    }

    private static func list(_ members: [APIReference.Member], in words: Wording) -> TemplateValue {
        .list(
            of: members.map { member in
                [
                    "name": .text(member.name), "place": .text(words.name(of: "reference.place", member.place.rawValue)),
                    "type": .text(member.type.words), "object": .text(member.type.object), "required": .flag(member.isRequired),
                    "text": paragraphs(member.text),
                ]
            })
    }

    /// Text with blank lines between paragraphs and backticks around what is code.
    private static func paragraphs(_ text: String) -> TemplateValue {
        .list(
            of: text.split(separator: "\n\n").map { paragraph in
                let pieces = paragraph.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                return [
                    "pieces": .list(
                        of: pieces.map { place, piece in
                            ["piece": .text(String(piece)), "isCode": .flag(place % 2 == 1)]
                        })
                ]
            })
    }
}
