import NIOCore
import RTP
import Testing
import Time

struct RTCPTests {
    private let sender = SSRC(1)
    private let media = SSRC(2)

    @Test func `a compound packet is read as it was written (RTP-1)`() throws {
        let block = ReportBlock(
            source: media, fractionLost: 16, lost: -1, highestSequence: 0x1_0005, jitter: 7, lastReport: 8, delay: 9)
        let packets: [RTCPPacket] = [
            .senderReport(
                SenderReport(
                    sender: sender, time: NTPTime(value: 0xE50F_1A2B_8000_0000), timestamp: 4096, packets: 10, octets: 1024,
                    blocks: [block])),
            .receiverReport(ReceiverReport(sender: sender, blocks: [block])),
            .sourceDescription([SourceDescription(source: sender, name: "hemicycle")]),
            .goodbye([sender, media]),
            .pictureLoss(PictureLoss(sender: sender, media: media)),
            .fullIntraRequest(FullIntraRequest(sender: sender, entries: [.init(media: media, number: 255)])),
        ]
        var written = ByteBuffer()
        for packet in packets { packet.write(into: &written) }
        #expect(try RTCPPacket.read(written) == packets)
    }

    @Test func `an RTCP packet of reduced size stands alone, and unknown kinds are skipped (RTP-1)`() throws {
        let unknown = ByteBuffer(hexadecimal: "80cf0001 00000001")
        var written = unknown
        RTCPPacket.pictureLoss(PictureLoss(sender: sender, media: media)).write(into: &written)
        #expect(try RTCPPacket.read(written) == [.pictureLoss(PictureLoss(sender: sender, media: media))])
    }

    @Test func `lost packets are asked for by number and mask (RTP-2)`() throws {
        let nack = NACK(sender: sender, media: media, lost: [100, 101, 103, 116, 117, 65_535, 0])
        let written = ByteBuffer(writing: .nack(nack))
        #expect(written == ByteBuffer(hexadecimal: "81cd0005 00000001 00000002 0064 8005 0075 0000 ffff 0001"))
        #expect(try RTCPPacket.read(written) == [.nack(nack)])
    }

    @Test func `PLI and FIR have their formats (RTP-4)`() {
        #expect(
            ByteBuffer(writing: .pictureLoss(PictureLoss(sender: sender, media: media)))
                == ByteBuffer(hexadecimal: "81ce0002 00000001 00000002"))
        let request = FullIntraRequest(sender: sender, entries: [.init(media: media, number: 5)])
        #expect(
            ByteBuffer(writing: .fullIntraRequest(request))
                == ByteBuffer(hexadecimal: "84ce0004 00000001 00000000 00000002 05000000"))
    }

    @Test(arguments: [0, 1, 300_000, 3_000_000, 1 << 40] as [UInt64])
    func `an estimate of the bitrate keeps 17 bits of it (RTP-8)`(bitrate: UInt64) throws {
        let written = ByteBuffer(writing: .bitrateEstimate(BitrateEstimate(sender: sender, bitrate: bitrate, media: [media])))
        guard case .bitrateEstimate(let read)? = try RTCPPacket.read(written).first else {
            Issue.record("no estimate was read"); return
        }
        #expect(read.media == [media])
        #expect(bitrate - read.bitrate <= bitrate >> 17)
    }

    @Test(arguments: [
        "80", "80c80001", "81c80006 00000001", "00c90001 00000001", "a0c90001 00000009",
        "8fcd0005 00000001 00000002 00640009 00001003 0000", "8fcd0005 00000001 00000002 00640009 00001003 2009",
    ])
    func `a torn control packet is refused`(bytes: String) {
        #expect(throws: RTPError.self) { try RTCPPacket.read(ByteBuffer(hexadecimal: bytes)) }
    }

    @Test func `the round trip is what the report and its delay leave over`() throws {
        let sent = NTPTime(UTCInstant(microseconds: 1_700_000_000_000_000))
        let now = NTPTime(UTCInstant(microseconds: 1_700_000_000_150_000))
        let block = ReportBlock(
            source: media, fractionLost: 0, lost: 0, highestSequence: 0, jitter: 0, lastReport: sent.middle, delay: 6554)
        let trip = try #require(block.roundTrip(at: now))
        #expect(abs(trip.microseconds - 50_000) < 100)
    }
}

struct TransportFeedbackTests {
    private func feedback(_ deltas: [Int16?]) -> TransportFeedback {
        TransportFeedback(sender: SSRC(1), media: SSRC(2), base: 65_530, referenceTime: -5, count: 200, deltas: deltas)
    }

    @Test(
        arguments: [
            [4], [nil, 4], [0, 255, 256, -1, nil, nil, 1], Array(repeating: 1, count: 100),
            Array(repeating: nil, count: 9000) + [3],
            [1, nil, 1, nil, 1, nil, 1, nil, 1, nil, 1, nil, 1, nil, 1, nil, 1, 300],
        ] as [[Int16?]])
    func `a transport feedback is read as it was written (RTP-5)`(deltas: [Int16?]) throws {
        let sound = Array(deltas.suffix(TransportFeedback.maximumPackets))
        let written = ByteBuffer(writing: .transportFeedback(feedback(sound)))
        #expect(try RTCPPacket.read(written) == [.transportFeedback(feedback(sound))])
    }

    @Test func `each packet is reported once, with its time (RTP-5)`() {
        var recorder = ArrivalRecorder()
        let start = NIODeadline.uptimeNanoseconds(640_000_000)
        recorder.record(65_534, at: start)
        recorder.record(65_535, at: start + .milliseconds(1))
        recorder.record(1, at: start + .milliseconds(3))
        let first = recorder.report(sender: SSRC(1), media: SSRC(2))
        #expect(first.map(\.deltas) == [[0, 4, nil, 8]])
        #expect(first.map(\.base) == [65_534])
        #expect(first.map(\.referenceTime) == [10])
        recorder.record(0, at: start + .milliseconds(4))
        #expect(recorder.report(sender: SSRC(1), media: SSRC(2)).isEmpty)
        recorder.record(2, at: start + .milliseconds(5))
        let second = recorder.report(sender: SSRC(1), media: SSRC(2))
        #expect(second.map(\.base) == [2])
        #expect(second.map(\.count) == [1])
    }

    @Test func `a pause longer than a delta begins another report (RTP-5)`() {
        var recorder = ArrivalRecorder()
        let start = NIODeadline.uptimeNanoseconds(0)
        recorder.record(1, at: start)
        recorder.record(2, at: start + .seconds(20))
        #expect(recorder.report(sender: SSRC(1), media: SSRC(2)).map(\.deltas) == [[0], [128]])
        #expect(recorder.isEmpty)
    }
}
