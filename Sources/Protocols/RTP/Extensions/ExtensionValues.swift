import NIOCore

/// What a header says by its extensions.
package struct ExtensionValues: Hashable, Sendable {
    /// Longest name of a media section or an encoding that is read; browsers write one to three characters.
    package static let maximumName = 16

    package var mid: String?
    package var rid: String?
    package var repairedRID: String?
    package var audioLevel: AudioLevel?
    /// Counts every packet of the transport, whichever stream it belongs to.
    package var transportSequence: UInt16?
    /// When it was sent: seconds in 6.18 fixed point, 24 bits, of the sender's clock.
    package var absoluteSendTime: UInt32?

    package init() {}
}

/// How loud a packet of sound is (RFC 6464).
package struct AudioLevel: Hashable, Sendable {
    package static let silence = AudioLevel(decibels: 127, hasVoice: false)

    /// Below the greatest level, 0 to 127; 127 is silence.
    package let decibels: UInt8
    /// What the sender thinks; only of use where `vad=on` was negotiated.
    package let hasVoice: Bool

    package init(decibels: UInt8, hasVoice: Bool) {
        self.decibels = min(decibels, 127)
        self.hasVoice = hasVoice
    }
}

extension ExtensionValues {
    /// Reads what was negotiated; an element of the wrong length counts as absent.
    package init(_ extensions: HeaderExtensions, as map: ExtensionMap) {
        guard !extensions.isEmpty else { return }
        func value(_ kind: HeaderExtension) -> ByteBuffer? { map[kind].flatMap { extensions[$0] } }
        mid = value(.mid).flatMap(Self.name)
        rid = value(.rid).flatMap(Self.name)
        repairedRID = value(.repairedRID).flatMap(Self.name)
        audioLevel = value(.audioLevel).flatMap { $0.getInteger(at: $0.readerIndex, as: UInt8.self) }.map {
            AudioLevel(decibels: $0 & 0x7F, hasVoice: $0 & 0x80 != 0)
        }
        transportSequence = value(.transportSequence).flatMap { $0.getInteger(at: $0.readerIndex) }
        absoluteSendTime = value(.absoluteSendTime).flatMap(Self.sendTime)
    }

    private static func name(_ value: ByteBuffer) -> String? {
        guard value.readableBytes <= maximumName else { return nil }
        return value.getString(at: value.readerIndex, length: value.readableBytes)
    }

    private static func sendTime(_ value: ByteBuffer) -> UInt32? {
        var input = value
        guard let (high, low) = input.readMultipleIntegers(as: (UInt8, UInt16).self) else { return nil }
        return UInt32(high) << 16 | UInt32(low)
    }

    /// Appends what the map knows. Says whether there was anything to append.
    func write(as map: ExtensionMap, into output: inout ByteBuffer) -> Bool {
        var elements: [(number: UInt8, value: [UInt8])] = []
        func add(_ kind: HeaderExtension, _ value: [UInt8]?) {
            if let value, let number = map[kind] { elements.append((number, value)) }
        }
        add(.mid, mid.map { Array($0.utf8) })
        add(.rid, rid.map { Array($0.utf8) })
        add(.repairedRID, repairedRID.map { Array($0.utf8) })
        add(.audioLevel, audioLevel.map { [$0.decibels | ($0.hasVoice ? 0x80 : 0)] })
        add(.transportSequence, transportSequence.map { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
        add(.absoluteSendTime, absoluteSendTime.map { time in [16, 8, 0].map { UInt8(time >> $0 & 0xFF) } })
        return HeaderExtensions.write(elements, into: &output)
    }
}
