import NIOCore
import SecureTransport
import Testing

struct SRTPTests {
    static let profiles = SRTPProfile.allCases

    private let ssrc: UInt32 = 0xCAFE_F00D

    private func master(_ profile: SRTPProfile, _ first: UInt8 = 1) -> SRTPMasterKey {
        SRTPMasterKey(key: (0..<16).map { $0 &+ first }, salt: (0..<UInt8(profile.saltLength)).map { $0 &* 3 &+ first })
    }

    private func header(_ sequence: UInt16, extended: Bool = false) -> ByteBuffer {
        var header = ByteBuffer()
        header.writeMultipleIntegers(UInt8(extended ? 0x90 : 0x80), UInt8(96), sequence, UInt32(1234), ssrc)
        if extended { header.writeMultipleIntegers(UInt16(0xBEDE), UInt16(1), UInt32(0x1042_0000)) }
        return header
    }

    /// The packet whose index is `index`, protected.
    private func packet(_ sender: SRTPSender, _ index: UInt64, _ payload: ByteBuffer, extended: Bool = false) -> ByteBuffer {
        var packet = header(UInt16(truncatingIfNeeded: index), extended: extended)
        #expect(sender.protect(payload, behind: 0, in: &packet, ssrc: ssrc, index: index))
        return packet
    }

    @Test(arguments: profiles, [0, 1, 15, 16, 17, 1183])
    func `what was protected is authentic, and the same again`(profile: SRTPProfile, length: Int) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        let payload = ByteBuffer(repeating: 0xA5, count: length)
        for index in 100..<110 as Range<UInt64> {
            var sealed = packet(sender, index, payload, extended: index % 2 == 0)
            #expect(receiver.unprotect(&sealed) == index)
            var expected = header(UInt16(index), extended: index % 2 == 0)
            expected.writeImmutableBuffer(payload)
            #expect(sealed == expected)
        }
    }

    @Test(arguments: profiles)
    func `several packets are protected into one buffer`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        var group = ByteBuffer()
        for index in 7..<10 as Range<UInt64> {
            let start = group.writerIndex
            group.writeImmutableBuffer(header(UInt16(index)))
            #expect(sender.protect(ByteBuffer(repeating: 1, count: 100), behind: start, in: &group, ssrc: ssrc, index: index))
        }
        let length = 12 + 100 + profile.tagLength
        #expect(group.readableBytes == 3 * length)
        for index in 7..<10 as Range<UInt64> {
            let slice = group.readSlice(length: length)
            var sealed = try #require(slice)
            #expect(receiver.unprotect(&sealed) == index)
        }
    }

    @Test(arguments: profiles)
    func `a packet that comes twice, or far too late, is refused`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        let payload = ByteBuffer(string: "payload")
        let packets = (0..<400 as Range<UInt64>).map { packet(sender, $0, payload) }
        func receive(_ index: Int) -> UInt64? {
            var copy = packets[index]
            return receiver.unprotect(&copy)
        }
        #expect(receive(200) == 200)
        #expect(receive(200) == nil)
        #expect(receive(73) == 73)
        #expect(receive(73) == nil)
        #expect(receive(72) == nil)
        #expect(receive(399) == 399)
        #expect(receive(272) == 272)
        #expect(receive(271) == nil)
    }

    @Test(arguments: profiles)
    func `sequence numbers that turn around go on`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        for index in [65_530, 65_537, 65_535, 65_536, 98_000, 130_000, 131_071, 131_073, 131_072] as [UInt64] {
            var sealed = packet(sender, index, ByteBuffer(string: "x"))
            #expect(receiver.unprotect(&sealed) == index)
        }
    }

    @Test(arguments: profiles)
    func `SEC-1: one wrong bit anywhere is noticed, and does no harm`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        let whole = packet(sender, 3, ByteBuffer(string: "payload"), extended: true)
        for index in 0..<whole.readableBytes {
            var torn = ByteBuffer(bytes: whole.readableBytesView)
            torn.setInteger(whole.getInteger(at: index, as: UInt8.self)! ^ 4, at: index)
            #expect(receiver.unprotect(&torn) == nil, "byte \(index)")
        }
        for length in 0..<whole.readableBytes {
            var cut = whole.getSlice(at: 0, length: length)!
            #expect(receiver.unprotect(&cut) == nil)
        }
        var again = whole
        #expect(receiver.unprotect(&again) == 3)
    }

    @Test(arguments: profiles)
    func `control packets are protected, and refused when they come twice or torn`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        let clear = ByteBuffer(bytes: [0x80, 201, 0, 1, 0xCA, 0xFE, 0xF0, 0x0D, 0x81, 206, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8])
        for _ in 0..<3 {
            var sealed = clear
            #expect(sender.protectControl(in: &sealed, from: 0))
            #expect(sealed.readableBytes == clear.readableBytes + 4 + profile.tagLength)
            for index in 0..<sealed.readableBytes {
                var torn = ByteBuffer(bytes: sealed.readableBytesView)
                torn.setInteger(sealed.getInteger(at: index, as: UInt8.self)! ^ 1, at: index)
                #expect(!receiver.unprotectControl(&torn), "byte \(index)")
            }
            var opened = sealed
            #expect(receiver.unprotectControl(&opened))
            #expect(opened == clear)
            #expect(!receiver.unprotectControl(&sealed))
        }
    }

    @Test func `who is not the peer makes no streams`() throws {
        let receiver = try SRTPReceiver(.aeadAES128GCM, master(.aeadAES128GCM))
        let stranger = try SRTPSender(.aeadAES128GCM, master(.aeadAES128GCM, 9))
        let sender = try SRTPSender(.aeadAES128GCM, master(.aeadAES128GCM))
        for source in 0..<200 as Range<UInt32> {
            var sealed = ByteBuffer()
            sealed.writeMultipleIntegers(UInt8(0x80), UInt8(96), UInt16(1), UInt32(1), source)
            #expect(stranger.protect(ByteBuffer(string: "x"), behind: 0, in: &sealed, ssrc: source, index: 1))
            #expect(receiver.unprotect(&sealed) == nil)
        }
        var sealed = packet(sender, 1, ByteBuffer(string: "x"))
        #expect(receiver.unprotect(&sealed) == 1)
    }

    @Test func `keys are not printed`() {
        #expect("\(master(.aeadAES128GCM)) \(String(reflecting: master(.aeadAES128GCM)))" == "‹redacted› ‹redacted›")
    }
}
