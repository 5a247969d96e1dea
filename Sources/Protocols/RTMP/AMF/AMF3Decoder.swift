import NIOCore

/// Reads one AMF3 value (AMF3 of 2013-01 §3). Strings, objects and traits that came before in it may be referred to by number;
/// an object that is referred to again stands as `undefined` there, which also makes a circle harmless.
struct AMF3Decoder {
    /// What the members of an object are called (§3.12).
    private struct Traits {
        let names: [String]
        let isDynamic: Bool
    }

    private(set) var input: ByteBuffer
    private(set) var budget: AMFBudget
    private var strings: [String] = []
    private var traits: [Traits] = []

    init(_ input: ByteBuffer, budget: AMFBudget) {
        self.input = input
        self.budget = budget
    }

    /// The type markers (§3.1); those left out have no place in a command.
    private enum Marker: UInt8 {
        case undefined = 0x00
        case null = 0x01
        case `false` = 0x02
        case `true` = 0x03
        case integer = 0x04
        case double = 0x05
        case string = 0x06
        case xmlDocument = 0x07
        case date = 0x08
        case array = 0x09
        case object = 0x0A
        case xml = 0x0B
        case byteArray = 0x0C
    }

    mutating func value(depth: Int) throws(RTMPError) -> AMFValue {
        try budget.spend(depth: depth)
        let raw: UInt8 = try input.requireInteger()
        guard let marker = Marker(rawValue: raw) else { throw RTMPError(.malformed, "No AMF3 type \(raw) is taken.") }
        switch marker {
        case .undefined: return .undefined
        case .null: return .null
        case .false: return .boolean(false)
        case .true: return .boolean(true)
        case .integer: return .number(Double(try signedInteger()))
        case .double: return .number(Double(bitPattern: try input.requireInteger()))
        case .string: return .string(try string())
        case .date: return try date()
        case .array: return try array(depth: depth)
        case .object: return try object(depth: depth)
        case .xmlDocument, .xml, .byteArray: return try skipBytes()
        }
    }
}

// MARK: - Composites

extension AMF3Decoder {
    /// An integer whose lowest bit says that a value follows; the other bits are its length, or the number of an earlier value.
    private mutating func header() throws(RTMPError) -> (follows: Bool, number: UInt32) {
        let header = try variableInteger()
        return (header & 1 == 1, header >> 1)
    }

    private mutating func string() throws(RTMPError) -> String {
        let (follows, number) = try header()
        guard follows else { return try Self.element(number, of: strings) }
        let text = try input.requireString(length: Int(number), budget)
        if !text.isEmpty { strings.append(text) }
        return text
    }

    private mutating func date() throws(RTMPError) -> AMFValue {
        guard try header().follows else { return .undefined }
        return .date(Double(bitPattern: try input.requireInteger()))
    }

    private mutating func skipBytes() throws(RTMPError) -> AMFValue {
        let (follows, number) = try header()
        guard follows else { return .undefined }
        guard input.readSlice(length: Int(number)) != nil else {
            throw RTMPError(.malformed, "AMF data ends within a byte array.")
        }
        return .undefined
    }

    /// Named members up to the empty name, then numbered elements (§3.11); an array with names is an object to us.
    private mutating func array(depth: Int) throws(RTMPError) -> AMFValue {
        let (follows, count) = try header()
        guard follows else { return .undefined }
        var object = AMFObject()
        try appendDynamicMembers(to: &object, depth: depth)
        var elements: [AMFValue] = []
        for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
        return object.members.isEmpty ? .array(elements) : .ecmaArray(object)
    }

    private mutating func object(depth: Int) throws(RTMPError) -> AMFValue {
        let (follows, bits) = try header()
        guard follows else { return .undefined }
        let traits = try traits(bits)
        var object = AMFObject()
        for name in traits.names { object.append(name, try value(depth: depth + 1)) }
        if traits.isDynamic { try appendDynamicMembers(to: &object, depth: depth) }
        return .object(object)
    }

    private mutating func appendDynamicMembers(to object: inout AMFObject, depth: Int) throws(RTMPError) {
        while true {
            let name = try string()
            guard !name.isEmpty else { return }
            object.append(name, try value(depth: depth + 1))
        }
    }

    /// Reads what the class of an object declares: names in number, and whether more members follow.
    private mutating func traits(_ bits: UInt32) throws(RTMPError) -> Traits {
        guard bits & 1 == 1 else { return try Self.element(bits >> 1, of: traits) }
        guard bits & 2 == 0 else { throw RTMPError(.malformed, "An AMF3 object in a form of its own.") }
        _ = try string()
        var names: [String] = []
        for _ in 0..<(bits >> 3) {
            try budget.spend(depth: 0)
            names.append(try string())
        }
        let new = Traits(names: names, isDynamic: bits & 4 != 0)
        traits.append(new)
        return new
    }
}

// MARK: - Scalars

extension AMF3Decoder {
    /// U29: seven bits a byte, and all eight of a fourth (§1.3.1).
    private mutating func variableInteger() throws(RTMPError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<3 {
            let byte: UInt8 = try input.requireInteger()
            value = value << 7 | UInt32(byte & 0x7F)
            if byte & 0x80 == 0 { return value }
        }
        return value << 8 | UInt32(try input.requireInteger(UInt8.self))
    }

    /// The 29 bits in two's complement.
    private mutating func signedInteger() throws(RTMPError) -> Int32 {
        Int32(bitPattern: try variableInteger() << 3) >> 3
    }

    private static func element<Element>(_ number: UInt32, of list: [Element]) throws(RTMPError) -> Element {
        guard list.indices.contains(Int(number)) else {
            throw RTMPError(.malformed, "AMF3 data refers to a value that did not come.")
        }
        return list[Int(number)]
    }
}
