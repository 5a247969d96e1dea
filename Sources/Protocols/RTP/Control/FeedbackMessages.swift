import NIOCore

/// Asks for lost packets to be sent again (RFC 4585 §6.2.1).
package struct NACK: Hashable, Sendable {
    /// Numbers that one message may ask for; more are not read.
    package static let maximumLost = 1024

    package let sender: SSRC
    package let media: SSRC
    package let lost: [UInt16]

    /// The numbers in the order of the stream.
    package init(sender: SSRC, media: SSRC, lost: [UInt16]) {
        self.sender = sender
        self.media = media
        self.lost = lost
    }

    init(_ body: inout ByteBuffer) throws(RTPError) {
        sender = try body.readSource()
        media = try body.readSource()
        var lost: [UInt16] = []
        while lost.count < Self.maximumLost, let (first, mask) = body.readMultipleIntegers(as: (UInt16, UInt16).self) {
            lost.append(first)
            for bit in 0..<16 as Range<UInt16> where mask >> bit & 1 == 1 { lost.append(first &+ bit &+ 1) }
        }
        self.lost = lost
    }

    /// Each entry is a number and a mask of the 16 after it.
    func write(into output: inout ByteBuffer) {
        output.writeMultipleIntegers(sender.value, media.value)
        var rest = lost[...]
        while let first = rest.popFirst() {
            var mask: UInt16 = 0
            while let next = rest.first, 1...16 ~= next &- first {
                mask |= 1 << (next &- first - 1)
                rest.removeFirst()
            }
            output.writeMultipleIntegers(first, mask)
        }
    }
}

/// Asks for a key frame, because pictures cannot be decoded (RFC 4585 §6.3.1).
package struct PictureLoss: Hashable, Sendable {
    package let sender: SSRC
    package let media: SSRC

    package init(sender: SSRC, media: SSRC) {
        self.sender = sender
        self.media = media
    }

    init(_ body: inout ByteBuffer) throws(RTPError) {
        sender = try body.readSource()
        media = try body.readSource()
    }

    func write(into output: inout ByteBuffer) {
        output.writeMultipleIntegers(sender.value, media.value)
    }
}

/// Commands a key frame (RFC 5104 §4.3.1). A repeated command keeps its number.
package struct FullIntraRequest: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let media: SSRC
        package let number: UInt8

        package init(media: SSRC, number: UInt8) {
            self.media = media
            self.number = number
        }
    }

    package let sender: SSRC
    package let entries: [Entry]

    package init(sender: SSRC, entries: [Entry]) {
        self.sender = sender
        self.entries = entries
    }

    init(_ body: inout ByteBuffer) throws(RTPError) {
        sender = try body.readSource()
        _ = try body.readSource()
        var entries: [Entry] = []
        while let (media, number) = body.readMultipleIntegers(as: (UInt32, UInt32).self) {
            entries.append(Entry(media: SSRC(media), number: UInt8(number >> 24)))
        }
        self.entries = entries
    }

    func write(into output: inout ByteBuffer) {
        output.writeMultipleIntegers(sender.value, UInt32(0))
        for entry in entries { output.writeMultipleIntegers(entry.media.value, UInt32(entry.number) << 24) }
    }
}

/// How many bits a second the receiver's way seems to carry (draft-alvestrand-rmcat-remb-03).
package struct BitrateEstimate: Hashable, Sendable {
    private static let name: UInt32 = 0x5245_4D42

    package let sender: SSRC
    /// Bits a second.
    package let bitrate: UInt64
    package let media: [SSRC]

    package init(sender: SSRC, bitrate: UInt64, media: [SSRC]) {
        precondition(media.count <= 255, "a peer of ours has a few streams")
        self.sender = sender
        self.bitrate = bitrate
        self.media = media
    }

    /// Nil where it is another application's message.
    init?(_ body: inout ByteBuffer) throws(RTPError) {
        sender = try body.readSource()
        _ = try body.readSource()
        guard try body.readWord() == Self.name else { return nil }
        let rate = try body.readWord()
        let exponent = UInt64(rate >> 18 & 0x3F)
        bitrate = UInt64(clamping: UInt128(rate & 0x3_FFFF) << exponent)
        var media: [SSRC] = []
        for _ in 0..<rate >> 24 { media.append(try body.readSource()) }
        self.media = media
    }

    /// The bitrate is a mantissa of 18 bits and an exponent.
    func write(into output: inout ByteBuffer) {
        let exponent = max(0, 64 - bitrate.leadingZeroBitCount - 18)
        let rate = UInt32(media.count) << 24 | UInt32(exponent) << 18 | UInt32(bitrate >> UInt64(exponent))
        output.writeMultipleIntegers(sender.value, UInt32(0), Self.name, rate)
        for source in media { output.writeInteger(source.value) }
    }
}
