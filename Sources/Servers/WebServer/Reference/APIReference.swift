/// The description of the API as a person reads it: what can be called, what it asks for and what it answers.
struct APIReference: Hashable, Sendable {
    let text: String
    let groups: [Group]
    let objects: [Object]

    /// The operations of one tag.
    struct Group: Hashable, Sendable {
        let name: String
        let text: String
        let operations: [Operation]
    }

    struct Operation: Hashable, Sendable {
        let id: String
        let method: String
        /// Below `/api/v1`, with the names of its parameters in braces.
        let path: String
        let summary: String
        let text: String
        /// Whether it asks for neither token nor sign-in.
        let isOpen: Bool
        let members: [Member]
        let answers: [Answer]
    }

    /// A parameter, or a member of an object.
    struct Member: Hashable, Sendable {
        enum Place: String, Sendable { case path, query, header, body }

        let name: String
        let place: Place
        let type: ValueType
        let isRequired: Bool
        let text: String
    }

    struct Answer: Hashable, Sendable {
        /// A status code, or `default`.
        let status: String
        let type: ValueType?
        let text: String
    }

    /// A schema with a name.
    struct Object: Hashable, Sendable {
        let name: String
        let text: String
        let type: ValueType
        let members: [Member]
    }

    /// What a value is, in words; an object that is described by itself is named.
    struct ValueType: Hashable, Sendable {
        let words: String
        let object: String?
    }
}
