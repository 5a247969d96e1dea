import NIOCore

/// The canonical name of a sender, the same for all its streams (RFC 3550 §6.5.1).
package struct SourceDescription: Hashable, Sendable {
    private static let end: UInt8 = 0
    private static let canonicalName: UInt8 = 1

    package let source: SSRC
    /// Empty where the sender did not say it.
    package let name: String

    package init(source: SSRC, name: String) {
        precondition(name.utf8.count <= 255, "names of our own are short")
        self.source = source
        self.name = name
    }

    static func readAll(_ body: inout ByteBuffer, count: UInt8) throws(RTPError) -> [SourceDescription] {
        var sources: [SourceDescription] = []
        for _ in 0..<count { sources.append(try SourceDescription(&body)) }
        return sources
    }

    /// Items up to an end marker, and zeros up to the next whole word (§6.5).
    private init(_ body: inout ByteBuffer) throws(RTPError) {
        let start = body.readerIndex
        source = try body.readSource()
        var name = ""
        while let kind: UInt8 = body.readInteger(), kind != Self.end {
            guard let length: UInt8 = body.readInteger(), let text = body.readString(length: Int(length)) else {
                throw RTPError(.malformed, "A source description that ends within an item.")
            }
            if kind == Self.canonicalName { name = text }
        }
        self.name = name
        let filling = (4 - (body.readerIndex - start) % 4) % 4
        body.moveReaderIndex(forwardBy: min(filling, body.readableBytes))
    }

    func write(into output: inout ByteBuffer) {
        let start = output.writerIndex
        output.writeMultipleIntegers(source.value, Self.canonicalName, UInt8(name.utf8.count))
        output.writeString(name)
        output.writeRepeatingByte(Self.end, count: 4 - (output.writerIndex - start) % 4)
    }
}
