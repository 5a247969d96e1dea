import Media
import NIOCore
import Testing
import Time

@testable import Peers

struct PacketHistoryTests {
    /// Packets whose payloads are their indices.
    private func group(of indices: Range<UInt64>) -> PacketGroup {
        let packets = indices.map { PacketGroup.Packet(payload: ByteBuffer(integer: $0), hasMarker: $0 == indices.last) }
        return PacketGroup(
            kind: .picture, isKey: false, time: MediaTime(ticks: 0, timescale: 90_000), instant: UTCInstant(microseconds: 0),
            packets: packets)
    }

    private func history(of ranges: [Range<UInt64>]) -> PacketHistory {
        var history = PacketHistory()
        for range in ranges {
            history.append(
                group(of: range), from: range.lowerBound, timestamp: UInt32(truncatingIfNeeded: range.lowerBound),
                at: .distantPast)
        }
        return history
    }

    @Test func `each packet is found by its number, also where the numbers begin anew`() throws {
        let history = history(of: [65_530..<65_533, 65_533..<65_540, 65_540..<65_541])
        for index in 65_530..<65_541 as Range<UInt64> {
            let entry = try #require(history[UInt16(truncatingIfNeeded: index)])
            #expect(entry.index == index && entry.packet.payload == ByteBuffer(integer: index))
        }
        #expect(history[0]?.timestamp == 65_533)
    }

    @Test func `what was not sent is not found`() {
        let history = history(of: [65_530..<65_533, 65_533..<65_540])
        #expect(history[65_529] == nil && history[4] == nil && PacketHistory()[0] == nil)
    }

    @Test func `as many packets are kept as it holds, and no more than the rest of a group`() {
        let history = history(of: stride(from: 0, to: 5000, by: 10).map { $0..<$0 + 10 as Range<UInt64> })
        let kept = (0..<5000).filter { history[UInt16($0)] != nil }
        #expect(kept == Array(5000 - kept.count..<5000))
        #expect(PacketHistory.capacity..<PacketHistory.capacity + 10 ~= kept.count)
    }

    @Test func `it is known when a packet was sent again`() throws {
        var history = history(of: [0..<3])
        history.note(try #require(history[1]), sentAt: .uptimeNanoseconds(7))
        #expect((0..<3).map { history[$0]?.sentAt } == [.distantPast, .uptimeNanoseconds(7), .distantPast])
    }
}
