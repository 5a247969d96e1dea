package import NIOCore

extension AMFValue {
    /// Appends the value as AMF0. What it writes is our own: it is bounded by our own code.
    package func encode(to output: inout ByteBuffer) {
        switch self {
        case .number(let number): Self.write(.number, number.bitPattern, to: &output)
        case .boolean(let flag): Self.write(.boolean, UInt8(flag ? 1 : 0), to: &output)
        case .string(let text): Self.write(text, to: &output)
        case .object(let object): Self.write(object, to: &output)
        case .ecmaArray(let object): Self.write(ecmaArray: object, to: &output)
        case .array(let elements): Self.write(elements, to: &output)
        case .date(let milliseconds):
            Self.write(.date, milliseconds.bitPattern, to: &output)
            output.writeInteger(UInt16(0))
        case .null: Self.write(.null, to: &output)
        case .undefined: Self.write(.undefined, to: &output)
        }
    }

    private static func write(_ marker: AMF0Decoder.Marker, to output: inout ByteBuffer) {
        output.writeInteger(marker.rawValue)
    }

    private static func write(_ marker: AMF0Decoder.Marker, _ value: some FixedWidthInteger, to output: inout ByteBuffer) {
        output.writeInteger(marker.rawValue)
        output.writeInteger(value)
    }

    private static func write(_ text: String, to output: inout ByteBuffer) {
        let length = text.utf8.count
        if let short = UInt16(exactly: length) {
            write(.string, short, to: &output)
        } else {
            write(.longString, UInt32(clamping: length), to: &output)
        }
        output.writeString(text)
    }

    private static func write(_ object: AMFObject, to output: inout ByteBuffer) {
        write(.object, to: &output)
        writeMembers(of: object, to: &output)
    }

    private static func write(ecmaArray object: AMFObject, to output: inout ByteBuffer) {
        write(.ecmaArray, UInt32(clamping: object.members.count), to: &output)
        writeMembers(of: object, to: &output)
    }

    private static func writeMembers(of object: AMFObject, to output: inout ByteBuffer) {
        for member in object.members {
            let name = member.name.utf8.prefix(Int(UInt16.max))
            output.writeInteger(UInt16(clamping: name.count))
            output.writeBytes(name)
            member.value.encode(to: &output)
        }
        output.writeInteger(UInt16(0))
        write(.objectEnd, to: &output)
    }

    private static func write(_ elements: [AMFValue], to output: inout ByteBuffer) {
        write(.strictArray, UInt32(clamping: elements.count), to: &output)
        for element in elements { element.encode(to: &output) }
    }
}
