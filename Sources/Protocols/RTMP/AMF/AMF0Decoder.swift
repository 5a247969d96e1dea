package import NIOCore

/// Reads AMF0 values from one message. Where a value is marked as AMF3 (`avmplus`), that one is read as AMF3 and the next as
/// AMF0 again.
package struct AMF0Decoder {
    private var input: ByteBuffer
    private var budget: AMFBudget

    package init(_ input: ByteBuffer, limits: AMFLimits = AMFLimits()) {
        self.input = input
        budget = AMFBudget(limits)
    }

    /// The next value, nil at the end of the message.
    package mutating func next() throws(RTMPError) -> AMFValue? {
        guard input.readableBytes > 0 else { return nil }
        return try value(depth: 0)
    }

    /// Every value to the end of the message.
    package mutating func rest() throws(RTMPError) -> [AMFValue] {
        var values: [AMFValue] = []
        while let value = try next() { values.append(value) }
        return values
    }
}

// MARK: - One value

extension AMF0Decoder {
    /// The type markers (AMF0 §2.1).
    enum Marker: UInt8 {
        case number = 0x00
        case boolean = 0x01
        case string = 0x02
        case object = 0x03
        case null = 0x05
        case undefined = 0x06
        case reference = 0x07
        case ecmaArray = 0x08
        case objectEnd = 0x09
        case strictArray = 0x0A
        case date = 0x0B
        case longString = 0x0C
        case unsupported = 0x0D
        case xml = 0x0F
        case typedObject = 0x10
        case avmplus = 0x11
    }

    private mutating func value(depth: Int) throws(RTMPError) -> AMFValue {
        try budget.spend(depth: depth)
        let raw: UInt8 = try integer()
        guard let marker = Marker(rawValue: raw) else {
            throw RTMPError(.malformed, "AMF0 has no type \(raw).")
        }
        switch marker {
        case .number: return .number(try double())
        case .boolean: return .boolean(try integer(UInt8.self) != 0)
        case .string: return .string(try shortString())
        case .longString: return .string(try longString())
        case .object: return .object(try members(depth: depth))
        case .typedObject: return try typedObject(depth: depth)
        case .ecmaArray: return try ecmaArray(depth: depth)
        case .strictArray: return .array(try elements(depth: depth))
        case .date: return try date()
        case .null: return .null
        case .undefined, .unsupported: return .undefined
        case .reference: return try skipping { (decoder) throws(RTMPError) in _ = try decoder.integer(UInt16.self) }
        case .xml: return try skipping { (decoder) throws(RTMPError) in _ = try decoder.longString() }
        case .avmplus: return try avmplus(depth: depth)
        case .objectEnd: throw RTMPError(.malformed, "An AMF0 object ended that had not begun.")
        }
    }

    private mutating func skipping(_ read: (inout Self) throws(RTMPError) -> Void) throws(RTMPError) -> AMFValue {
        try read(&self)
        return .undefined
    }

    /// Name and value pairs up to the empty name and the end marker (§2.5).
    private mutating func members(depth: Int) throws(RTMPError) -> AMFObject {
        var object = AMFObject()
        while true {
            let name = try shortString()
            if name.isEmpty, input.getInteger(at: input.readerIndex, as: UInt8.self) == Marker.objectEnd.rawValue {
                input.moveReaderIndex(forwardBy: 1)
                return object
            }
            object.append(name, try value(depth: depth + 1))
        }
    }

    /// The announced count is only a hint (§2.10): the end marker decides.
    private mutating func ecmaArray(depth: Int) throws(RTMPError) -> AMFValue {
        _ = try integer(UInt32.self)
        return .ecmaArray(try members(depth: depth))
    }

    private mutating func typedObject(depth: Int) throws(RTMPError) -> AMFValue {
        _ = try shortString()
        return .object(try members(depth: depth))
    }

    /// Reserves nothing for the announced count: every element costs a byte of the message and one of the budget.
    private mutating func elements(depth: Int) throws(RTMPError) -> [AMFValue] {
        let count: UInt32 = try integer()
        var elements: [AMFValue] = []
        for _ in 0..<count { elements.append(try value(depth: depth + 1)) }
        return elements
    }

    /// The time zone is reserved and not to be used (§2.13).
    private mutating func date() throws(RTMPError) -> AMFValue {
        let milliseconds = try double()
        _ = try integer(UInt16.self)
        return .date(milliseconds)
    }

    private mutating func avmplus(depth: Int) throws(RTMPError) -> AMFValue {
        var decoder = AMF3Decoder(input, budget: budget)
        let value = try decoder.value(depth: depth)
        (input, budget) = (decoder.input, decoder.budget)
        return value
    }
}

// MARK: - Scalars

extension AMF0Decoder {
    private mutating func integer<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self) throws(RTMPError) -> Integer {
        try input.requireInteger()
    }

    private mutating func double() throws(RTMPError) -> Double {
        Double(bitPattern: try integer())
    }

    private mutating func shortString() throws(RTMPError) -> String {
        try input.requireString(length: Int(try integer(UInt16.self)), budget)
    }

    private mutating func longString() throws(RTMPError) -> String {
        try input.requireString(length: Int(try integer(UInt32.self)), budget)
    }
}

extension ByteBuffer {
    mutating func requireInteger<Integer: FixedWidthInteger>(_: Integer.Type = Integer.self) throws(RTMPError) -> Integer {
        guard let value: Integer = readInteger() else { throw RTMPError(.malformed, "AMF data ends within a value.") }
        return value
    }

    /// Text of `length` UTF-8 bytes, what is not UTF-8 replaced.
    mutating func requireString(length: Int, _ budget: AMFBudget) throws(RTMPError) -> String {
        try budget.check(stringLength: length)
        guard let text = readString(length: length) else { throw RTMPError(.malformed, "AMF data ends within a string.") }
        return text
    }
}
