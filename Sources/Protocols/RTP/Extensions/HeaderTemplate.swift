package import NIOCore

/// The header of every packet of one outgoing stream, written once: of each packet only its numbers are filled in.
package struct HeaderTemplate: Sendable {
    private static let extensionsStart = RTPHeader.fixedLength + 4

    private let bytes: ByteBuffer
    /// Where the transport's sequence number and the time of sending stand; nil where they were not negotiated.
    private let transportSequence: Int?
    private let sendTime: Int?

    /// - Parameter map: the extensions that each packet carries, of `mid`, `transportSequence` and `absoluteSendTime`.
    package init(payloadType: UInt8, ssrc: SSRC, mid: String?, extensions map: ExtensionMap) {
        var values = ExtensionValues()
        values.mid = mid
        (values.transportSequence, values.absoluteSendTime) = (0, 0)
        var bytes = ByteBuffer()
        RTPHeader(payloadType: payloadType, hasMarker: false, sequence: 0, timestamp: 0, ssrc: ssrc)
            .write(values, as: map, into: &bytes)
        self.bytes = bytes
        var place = Self.extensionsStart
        let lengths: [(HeaderExtension, Int)] = [
            (.mid, mid?.utf8.count ?? 0), (.transportSequence, 2), (.absoluteSendTime, 3),
        ]
        let present = lengths.filter { $0.1 > 0 && map[$0.0] != nil }
        let head = present.allSatisfy { HeaderExtensions.fitsOneByte(map[$0.0] ?? 0, $0.1) } ? 1 : 2
        var places: [HeaderExtension: Int] = [:]
        for (kind, length) in present {
            places[kind] = place + head
            place += head + length
        }
        (transportSequence, sendTime) = (places[.transportSequence], places[.absoluteSendTime])
    }

    /// Bytes of the header.
    package var length: Int { bytes.readableBytes }

    /// Whether a transport's sequence number is filled in.
    package var countsTransport: Bool { transportSequence != nil }

    /// Appends the header of one packet.
    ///
    /// - Parameters:
    ///   - transportSequence: counts the packets of the whole transport.
    ///   - sendTime: as `ExtensionValues.absoluteSendTime`.
    package func write(
        hasMarker: Bool, sequence: UInt16, timestamp: UInt32, transportSequence number: UInt16, sendTime time: UInt32,
        into output: inout ByteBuffer
    ) {
        let start = output.writerIndex
        output.writeImmutableBuffer(bytes)
        if hasMarker, let second: UInt8 = output.getInteger(at: start + 1) {
            output.setInteger(second | RTPHeader.markerBit, at: start + 1)
        }
        output.setInteger(sequence, at: start + 2)
        output.setInteger(timestamp, at: start + 4)
        if let transportSequence { output.setInteger(number, at: start + transportSequence) }
        if let sendTime {
            output.setInteger(UInt8(truncatingIfNeeded: time >> 16), at: start + sendTime)
            output.setInteger(UInt16(truncatingIfNeeded: time), at: start + sendTime + 1)
        }
    }
}
