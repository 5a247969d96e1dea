import NIOCore
import RTP
import Testing

struct HeaderTemplateTests {
    @Test(
        arguments: [
            [.mid: 4, .transportSequence: 3, .absoluteSendTime: 2], [.absoluteSendTime: 9], [.mid: 20, .transportSequence: 30],
            [:],
        ] as [ExtensionMap])
    func `RTP-7: a header made of a template reads as what was filled in`(map: ExtensionMap) throws {
        let template = HeaderTemplate(payloadType: 102, ssrc: SSRC(77), mid: "video1", extensions: map)
        var packet = ByteBuffer()
        template.write(
            hasMarker: true, sequence: 500, timestamp: 90_000, transportSequence: 0xABCD, sendTime: 0x12_3456, into: &packet)
        #expect(packet.readableBytes == template.length)
        let header = try RTPHeader(of: packet)
        #expect((header.payloadType, header.sequence, header.timestamp) == (102, 500, 90_000))
        #expect(header.hasMarker && header.ssrc == SSRC(77) && header.length == template.length)
        let values = ExtensionValues(header.extensions, as: map)
        #expect(values.mid == map[.mid].map { _ in "video1" })
        #expect(values.transportSequence == map[.transportSequence].map { _ in 0xABCD })
        #expect(values.absoluteSendTime == map[.absoluteSendTime].map { _ in 0x12_3456 })
    }
}
