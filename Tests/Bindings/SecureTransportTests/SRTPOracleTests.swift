import CSRTP
import NIOCore
import SecureTransport
import Testing

/// What libsrtp2 thinks of our packets, and we of its.
@Suite(.serialized) struct SRTPOracleTests {
    private let ssrc: UInt32 = 0x1234_5678

    private func master(_ profile: SRTPProfile) -> SRTPMasterKey {
        SRTPMasterKey(key: (0..<16).map { $0 &* 11 }, salt: (0..<UInt8(profile.saltLength)).map { $0 &* 5 })
    }

    private func header(_ index: UInt64) -> ByteBuffer {
        var header = ByteBuffer()
        header.writeMultipleIntegers(UInt8(0x90), UInt8(111), UInt16(truncatingIfNeeded: index), UInt32(77), ssrc)
        header.writeMultipleIntegers(UInt16(0xBEDE), UInt16(1), UInt32(0x1042_0000))
        return header
    }

    private static let indices: [UInt64] = [65_533, 65_534, 65_535, 65_536, 65_537, 65_600]

    @Test(arguments: SRTPProfile.allCases)
    func `libsrtp2 opens what we protect`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let oracle = try Oracle(profile, master(profile), sends: false)
        for index in Self.indices {
            let payload = ByteBuffer(repeating: UInt8(truncatingIfNeeded: index), count: 1000)
            var packet = header(index)
            #expect(sender.protect(payload, behind: 0, in: &packet, ssrc: ssrc, index: index))
            var expected = header(index)
            expected.writeImmutableBuffer(payload)
            #expect(oracle.work(.unprotect, on: packet) == expected)
        }
    }

    @Test(arguments: SRTPProfile.allCases)
    func `we open what libsrtp2 protects`(profile: SRTPProfile) throws {
        let receiver = try SRTPReceiver(profile, master(profile))
        let oracle = try Oracle(profile, master(profile), sends: true)
        for index in Self.indices {
            var clear = header(index)
            clear.writeRepeatingByte(9, count: 555)
            var packet = try #require(oracle.work(.protect, on: clear))
            #expect(receiver.unprotect(&packet) == index)
            #expect(packet == clear)
        }
    }

    @Test(arguments: SRTPProfile.allCases)
    func `control packets go both ways`(profile: SRTPProfile) throws {
        let sender = try SRTPSender(profile, master(profile))
        let receiver = try SRTPReceiver(profile, master(profile))
        let clear = ByteBuffer(bytes: [0x80, 201, 0, 1, 0x12, 0x34, 0x56, 0x78, 0x81, 206, 0, 2, 1, 2, 3, 4, 5, 6, 7, 8])
        let receiving = try Oracle(profile, master(profile), sends: false)
        for _ in 0..<3 {
            var packet = clear
            #expect(sender.protectControl(in: &packet, from: 0))
            #expect(receiving.work(.unprotectControl, on: packet) == clear)
        }
        let sending = try Oracle(profile, master(profile), sends: true)
        for _ in 0..<3 {
            var packet = try #require(sending.work(.protectControl, on: clear))
            #expect(receiver.unprotectControl(&packet))
            #expect(packet == clear)
        }
    }
}

/// A session of libsrtp2, to send or to receive.
@safe private final class Oracle {
    enum Work {
        case protect, unprotect, protectControl, unprotectControl
    }

    private let session: srtp_t
    /// It is borrowed by the session's policy.
    private var key: [UInt8]

    init(_ profile: SRTPProfile, _ master: SRTPMasterKey, sends: Bool) throws {
        srtp_init()
        key = master.key + master.salt
        var policy = unsafe srtp_policy_t()
        unsafe policy.ssrc = srtp_ssrc_t(type: sends ? ssrc_any_outbound : ssrc_any_inbound, value: 0)
        let kind = profile == .aeadAES128GCM ? srtp_profile_aead_aes_128_gcm : srtp_profile_aes128_cm_sha1_80
        unsafe srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, kind)
        unsafe srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, kind)
        unsafe policy.window_size = 128
        var created: srtp_t?
        let status = unsafe key.withUnsafeMutableBufferPointer { bytes in
            unsafe policy.key = bytes.baseAddress
            return unsafe srtp_create(&created, &policy)
        }
        try #require(status == srtp_err_status_ok)
        unsafe session = unsafe created!
    }

    deinit {
        unsafe srtp_dealloc(session)
    }

    /// Has libsrtp2 work on a packet where it stands; nil where it refuses.
    func work(_ work: Work, on packet: ByteBuffer) -> ByteBuffer? {
        var bytes = Array(packet.readableBytesView) + [UInt8](repeating: 0, count: 64)
        var length = Int32(packet.readableBytes)
        let status = unsafe bytes.withUnsafeMutableBytes { bytes in
            switch work {
            case .protect: unsafe srtp_protect(session, bytes.baseAddress, &length)
            case .unprotect: unsafe srtp_unprotect(session, bytes.baseAddress, &length)
            case .protectControl: unsafe srtp_protect_rtcp(session, bytes.baseAddress, &length)
            case .unprotectControl: unsafe srtp_unprotect_rtcp(session, bytes.baseAddress, &length)
            }
        }
        return status == srtp_err_status_ok ? ByteBuffer(bytes: bytes.prefix(Int(length))) : nil
    }
}
