/// One kind of page: plain values, and how a template reads them.
protocol Page: Sendable {
    /// Its template's name below `Resources/templates`.
    static var template: String { get }
    /// The beginnings of the catalogue keys that its modules speak with.
    static var spokenByModules: [String] { get }

    /// What the browser's tab says, before the product's name.
    func title(in words: Wording) -> String
    func fields(in words: Wording) -> Fields
}

extension Page {
    static var spokenByModules: [String] { [] }
}
