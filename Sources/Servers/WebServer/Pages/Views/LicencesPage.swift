/// `/licences`: whose work this is made of.
struct LicencesPage: Page {
    static let template = "licences"
    let components: [Component]

    struct Component: Hashable, Sendable {
        let name: String
        let version: String?
        let licence: String
        let purpose: String
        /// The address of the licence's text, where the server has it.
        let text: String?
    }

    func title(in words: Wording) -> String { words.phrases("licences.title") }

    func fields(in words: Wording) -> Fields {
        [
            "components": .list(
                of: components.map { component in
                    [
                        "component": .text(component.name), "version": .text(component.version),
                        "licence": .text(component.licence), "text": .text(component.text),
                        "purpose": .text(words.name(of: "licences.purpose", component.purpose)),
                    ]
                })
        ]
    }
}
