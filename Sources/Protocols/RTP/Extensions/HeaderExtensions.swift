package import NIOCore

/// The extension elements of one header (RFC 8285), as they lie in the datagram.
package struct HeaderExtensions: Hashable, Sendable {
    private enum Form: Hashable {
        case oneByte
        case twoByte
        /// A profile of somebody's own (RFC 3550 §5.3.1): skipped.
        case foreign
    }

    private static let oneByteProfile: UInt16 = 0xBEDE
    /// The lowest four bits are the application's (§4.3).
    private static let twoByteProfile: UInt16 = 0x1000
    /// The number that ends the elements of the one-byte form (§4.2).
    private static let stop: UInt8 = 15

    private var form = Form.foreign
    private var elements = ByteBuffer()

    package init() {}

    init(_ input: inout ByteBuffer) throws(RTPError) {
        guard let (profile, words) = input.readMultipleIntegers(as: (UInt16, UInt16).self),
            let elements = input.readSlice(length: Int(words) * 4)
        else { throw RTPError(.malformed, "A packet that ends within its header extensions.") }
        self.elements = elements
        switch profile {
        case Self.oneByteProfile: form = .oneByte
        case _ where profile & 0xFFF0 == Self.twoByteProfile: form = .twoByte
        default: form = .foreign
        }
    }

    package var isEmpty: Bool { elements.readableBytes == 0 }

    /// What the element of this number holds; nil where there is none. What follows a torn element is not read.
    package subscript(_ number: UInt8) -> ByteBuffer? {
        var rest = elements
        while let element = next(&rest) {
            if element.number == number { return element.value }
        }
        return nil
    }

    private func next(_ rest: inout ByteBuffer) -> (number: UInt8, value: ByteBuffer)? {
        guard form != .foreign else { return nil }
        while let head: UInt8 = rest.readInteger() {
            if head == 0 { continue }
            return form == .oneByte ? Self.oneByteElement(head, &rest) : Self.twoByteElement(head, &rest)
        }
        return nil
    }

    private static func oneByteElement(_ head: UInt8, _ rest: inout ByteBuffer) -> (UInt8, ByteBuffer)? {
        guard head >> 4 != stop, let value = rest.readSlice(length: Int(head & 0x0F) + 1) else { return nil }
        return (head >> 4, value)
    }

    private static func twoByteElement(_ number: UInt8, _ rest: inout ByteBuffer) -> (UInt8, ByteBuffer)? {
        guard let length: UInt8 = rest.readInteger(), let value = rest.readSlice(length: Int(length)) else { return nil }
        return (number, value)
    }
}

// MARK: - Writing

extension HeaderExtensions {
    /// Whether the short form can hold an element (§4.2).
    static func fitsOneByte(_ number: UInt8, _ length: Int) -> Bool { number < stop && 1...16 ~= length }

    /// Appends the elements with the head that their numbers and lengths need, filled up to whole words. Says whether there
    /// was anything to append.
    static func write(_ elements: [(number: UInt8, value: [UInt8])], into output: inout ByteBuffer) -> Bool {
        guard !elements.isEmpty else { return false }
        let isShort = elements.allSatisfy { fitsOneByte($0.number, $0.value.count) }
        output.writeInteger(isShort ? oneByteProfile : twoByteProfile)
        let lengthIndex = output.writerIndex
        output.writeInteger(UInt16(0))
        for element in elements {
            precondition(element.value.count <= 255, "extensions of our own are a few bytes")
            let length = UInt8(element.value.count)
            if isShort {
                output.writeInteger(element.number << 4 | (length - 1))
            } else {
                output.writeMultipleIntegers(element.number, length)
            }
            output.writeBytes(element.value)
        }
        let length = output.writerIndex - lengthIndex - 2
        output.writeRepeatingByte(0, count: (4 - length % 4) % 4)
        output.setInteger(UInt16((length + 3) / 4), at: lengthIndex)
        return true
    }
}
