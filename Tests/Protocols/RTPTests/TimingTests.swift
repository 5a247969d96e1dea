import NIOCore
import RTP
import Testing
import Time

struct TimingTests {
    @Test func `a counter goes on beyond its end, and back over it`() {
        var unwrapper = Unwrapper<UInt16>()
        #expect(
            [65_534, 65_535, 0, 1, 65_535, 2].map { unwrapper.unwrap($0) } == [65_534, 65_535, 65_536, 65_537, 65_535, 65_538])
    }

    @Test func `a time on the wall clock survives the form of RTCP`() {
        let instant = UTCInstant(microseconds: 1_623_844_800_123_457)
        #expect(NTPTime(instant).instant == instant)
        #expect(NTPTime(UTCInstant(microseconds: 0)).value == 2_208_988_800 << 32)
    }

    @Test func `picture and sound are put on one line by their sender reports (RTP-1)`() {
        let time = UTCInstant(microseconds: 1_700_000_000_000_000)
        var (picture, sound) = (SenderClock(rate: 90_000), SenderClock(rate: 48_000))
        #expect(picture.instant(of: 0) == nil)
        picture.synchronise(NTPTime(time), with: 4_294_967_000)
        sound.synchronise(NTPTime(time.advanced(by: .seconds(1))), with: 48_000)
        #expect(picture.instant(of: 4_294_967_000 &+ 90_000) == time.advanced(by: .seconds(1)))
        #expect(sound.instant(of: 24_000) == time.advanced(by: .milliseconds(500)))
    }
}

struct JitterBufferTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000)

    private func drain(_ buffer: inout JitterBuffer, at now: NIODeadline) -> [String] {
        var outputs: [String] = []
        while let output = buffer.next(at: now) {
            switch output {
            case .packet(let packet): outputs.append("\(packet.header.sequence)")
            case .lost: outputs.append("lost")
            }
        }
        return outputs
    }

    @Test func `packets come out in order, each once`() {
        var buffer = JitterBuffer()
        for sequence in [65_534, 0, 65_535, 0, 1, 65_534] as [UInt16] { buffer.insert(RTPPacket(sequence)) }
        #expect(drain(&buffer, at: start) == ["65534", "65535", "0", "1"])
        buffer.insert(RTPPacket(0))
        #expect(drain(&buffer, at: start).isEmpty)
        #expect(buffer.late == 3)
    }

    @Test func `a missing packet is waited for, and given up when the patience ends`() {
        var buffer = JitterBuffer()
        buffer.insert(RTPPacket(1))
        buffer.insert(RTPPacket(3))
        #expect(drain(&buffer, at: start) == ["1"])
        #expect(buffer.deadline == start + .milliseconds(300))
        buffer.insert(RTPPacket(4))
        #expect(drain(&buffer, at: start + .milliseconds(299)).isEmpty)
        #expect(drain(&buffer, at: start + .milliseconds(300)) == ["lost", "3", "4"])
        #expect(buffer.deadline == nil)
    }

    @Test func `a packet sent again fills its hole`() {
        var buffer = JitterBuffer()
        buffer.insert(RTPPacket(1))
        buffer.insert(RTPPacket(3))
        _ = drain(&buffer, at: start)
        buffer.insert(RTPPacket(2))
        #expect(drain(&buffer, at: start + .milliseconds(100)) == ["2", "3"])
    }

    @Test func `no more wait than there is room for`() {
        var configuration = JitterBuffer.Configuration()
        configuration.capacity = 3
        var buffer = JitterBuffer(configuration)
        for sequence in [1, 3, 4, 5, 6] as [UInt16] { buffer.insert(RTPPacket(sequence)) }
        #expect(drain(&buffer, at: start) == ["1", "lost", "3", "4", "5", "6"])
    }

    @Test func `a stream that begins anew is followed`() {
        var buffer = JitterBuffer()
        buffer.insert(RTPPacket(20_000))
        #expect(drain(&buffer, at: start) == ["20000"])
        buffer.insert(RTPPacket(5))
        #expect(drain(&buffer, at: start) == ["lost", "5"])
    }
}
