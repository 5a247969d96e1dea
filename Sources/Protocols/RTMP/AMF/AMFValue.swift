/// A value of the Action Message Format, as commands and metadata carry it (AMF0 of 2007-12-14, AMF3 of 2013-01).
///
/// Kinds that RTMP has no use for (XML, byte arrays, references) are read past and stand here as `undefined`.
package enum AMFValue: Hashable, Sendable {
    case number(Double)
    case boolean(Bool)
    case string(String)
    case object(AMFObject)
    /// An object that announces how many members it has: the form of `onMetaData`.
    case ecmaArray(AMFObject)
    case array([AMFValue])
    /// Milliseconds since 1970-01-01T00:00:00Z.
    case date(Double)
    case null
    case undefined
}

extension AMFValue {
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    package var number: Double? {
        if case .number(let number) = self { number } else { nil }
    }

    /// The members of an object in either form.
    package var object: AMFObject? {
        switch self {
        case .object(let object), .ecmaArray(let object): object
        default: nil
        }
    }
}

/// The members of an object in the order in which they were written.
package struct AMFObject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package struct Member: Hashable, Sendable {
        package let name: String
        package let value: AMFValue
    }

    package var members: [Member]

    package init(members: [Member] = []) {
        self.members = members
    }

    package init(dictionaryLiteral elements: (String, AMFValue)...) {
        members = elements.map { Member(name: $0.0, value: $0.1) }
    }

    /// The first member of this name.
    package subscript(name: String) -> AMFValue? {
        members.first { $0.name == name }?.value
    }

    package mutating func append(_ name: String, _ value: AMFValue) {
        members.append(Member(name: name, value: value))
    }
}

extension AMFValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    package init(stringLiteral text: String) {
        self = .string(text)
    }

    package init(integerLiteral number: Int) {
        self = .number(Double(number))
    }
}
