import NIOCore

/// When each packet of a transport arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1): what a sender's
/// congestion control lives on.
package struct TransportFeedback: Hashable, Sendable {
    /// Packets that one message may speak of; a browser reports some hundreds at the most.
    package static let maximumPackets = 8192
    /// Microseconds in one step of `referenceTime`, and of a delta.
    package static let referenceStep: Int64 = 64_000
    package static let deltaStep: Int64 = 250

    package let sender: SSRC
    package let media: SSRC
    /// The transport sequence number of the first packet.
    package let base: UInt16
    /// When the receiver's count begins, in steps of 64 ms of a clock of its own; 24 bits.
    package let referenceTime: Int32
    /// Numbers the messages.
    package let count: UInt8
    /// For each packet from `base` on how much later it came than the one before that came, in steps of 250 µs; the first than
    /// `referenceTime`. Nil where it has not come.
    package let deltas: [Int16?]

    package init(sender: SSRC, media: SSRC, base: UInt16, referenceTime: Int32, count: UInt8, deltas: [Int16?]) {
        precondition(deltas.count <= Self.maximumPackets, "the recorder cuts its reports")
        self.sender = sender
        self.media = media
        self.base = base
        self.referenceTime = referenceTime
        self.count = count
        self.deltas = deltas
    }

    init(_ body: inout ByteBuffer) throws(RTPError) {
        sender = try body.readSource()
        media = try body.readSource()
        guard let (base, packets, time) = body.readMultipleIntegers(as: (UInt16, UInt16, UInt32).self) else {
            throw RTPError(.malformed, "A transport feedback that ends too early.")
        }
        guard packets <= Self.maximumPackets else { throw RTPError(.tooLarge, "A transport feedback on \(packets) packets.") }
        self.base = base
        referenceTime = Int32(bitPattern: time) >> 8
        count = UInt8(time & 0xFF)
        let symbols = try PacketStatus.read(Int(packets), &body)
        deltas = try Self.readDeltas(symbols, &body)
    }

    private static func readDeltas(_ statuses: [PacketStatus], _ body: inout ByteBuffer) throws(RTPError) -> [Int16?] {
        var deltas: [Int16?] = []
        deltas.reserveCapacity(statuses.count)
        for status in statuses {
            let delta: Int16? =
                switch status {
                case .missing: nil
                case .small: body.readInteger(as: UInt8.self).map(Int16.init)
                case .large: body.readInteger(as: Int16.self)
                }
            guard status == .missing || delta != nil else {
                throw RTPError(.malformed, "A transport feedback that ends within its times.")
            }
            deltas.append(delta)
        }
        return deltas
    }

    func write(into output: inout ByteBuffer) {
        let time = UInt32(bitPattern: referenceTime) << 8 | UInt32(count)
        output.writeMultipleIntegers(sender.value, media.value, base, UInt16(deltas.count), time)
        PacketStatus.write(deltas.map(PacketStatus.init), into: &output)
        for case let delta? in deltas {
            if let small = UInt8(exactly: delta) { output.writeInteger(small) } else { output.writeInteger(delta) }
        }
    }
}

/// What a transport feedback says of one packet (§3.1.1).
private enum PacketStatus: UInt16 {
    case missing = 0
    /// Arrived; its delta is one byte.
    case small = 1
    /// Arrived; its delta is two bytes, signed.
    case large = 2

    init(_ delta: Int16?) {
        self = delta.map { UInt8(exactly: $0) == nil ? .large : .small } ?? .missing
    }
}

extension PacketStatus {
    private static let vectorBit: UInt16 = 0x8000
    private static let wideBit: UInt16 = 0x4000
    private static let longestRun = 0x1FFF
    private static let narrowSymbols = 14
    private static let wideSymbols = 7

    static func read(_ count: Int, _ body: inout ByteBuffer) throws(RTPError) -> [PacketStatus] {
        var statuses: [PacketStatus] = []
        while statuses.count < count {
            guard let chunk: UInt16 = body.readInteger() else {
                throw RTPError(.malformed, "A transport feedback that ends within its statuses.")
            }
            let most = count - statuses.count
            statuses += try (chunk & vectorBit == 0 ? run(chunk, atMost: most) : vector(chunk)).prefix(most)
        }
        return statuses
    }

    /// One status for many packets (§3.1.3). A run of none would never end the reading.
    private static func run(_ chunk: UInt16, atMost most: Int) throws(RTPError) -> [PacketStatus] {
        let length = Int(chunk) & longestRun
        guard length > 0 else { throw RTPError(.malformed, "A transport feedback with a run of no packets.") }
        return Array(repeating: try status(chunk >> 13 & 3), count: min(length, most))
    }

    /// A status for each packet, in one bit or two (§3.1.4).
    private static func vector(_ chunk: UInt16) throws(RTPError) -> [PacketStatus] {
        let isWide = chunk & wideBit != 0
        var statuses: [PacketStatus] = []
        for index in 0..<(isWide ? wideSymbols : narrowSymbols) {
            let symbol = isWide ? chunk >> UInt16(12 - 2 * index) & 3 : chunk >> UInt16(13 - index) & 1
            statuses.append(try status(symbol))
        }
        return statuses
    }

    private static func status(_ symbol: UInt16) throws(RTPError) -> PacketStatus {
        guard let status = PacketStatus(rawValue: symbol) else {
            throw RTPError(.malformed, "A transport feedback with a reserved status.")
        }
        return status
    }

    /// Runs where they are longer than what a vector holds, else the narrowest vector.
    static func write(_ statuses: [PacketStatus], into output: inout ByteBuffer) {
        var rest = statuses[...]
        while let first = rest.first {
            let run = rest.prefix(longestRun).prefix { $0 == first }.count
            let narrow = rest.prefix(narrowSymbols)
            if run >= narrow.count {
                output.writeInteger(first.rawValue << 13 | UInt16(run))
                rest.removeFirst(run)
            } else if !narrow.contains(.large) {
                let bits = narrow.enumerated().reduce(0 as UInt16) { $0 | $1.element.rawValue << UInt16(13 - $1.offset) }
                output.writeInteger(vectorBit | bits)
                rest.removeFirst(narrow.count)
            } else {
                let wide = rest.prefix(wideSymbols)
                let bits = wide.enumerated().reduce(0 as UInt16) { $0 | $1.element.rawValue << UInt16(12 - 2 * $1.offset) }
                output.writeInteger(vectorBit | wideBit | bits)
                rest.removeFirst(wide.count)
            }
        }
    }
}
