import NIOCore
import RTMP
import Synchronization

/// Who is connected now, and what became of those who were. Any thread may call it.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perAddress: [String: Int] = [:]
        var counts = IngestCounts()
        var refusals: RateWindow
    }

    private let maximum: Int
    private let maximumPerAddress: Int
    private let state: Mutex<State>

    init(_ configuration: RTMPIngest.Configuration) {
        maximum = configuration.maximumConnections
        maximumPerAddress = configuration.maximumConnectionsPerAddress
        let refusals = RateWindow(limit: configuration.refusalsTold, per: configuration.refusalWindow, from: .now())
        state = Mutex(State(refusals: refusals))
    }

    var isFull: Bool { state.withLock { $0.channels.count >= maximum } }

    var counts: IngestCounts { state.withLock { $0.counts } }

    /// Whether another refusal may have a line of its own in the log.
    func mayTellRefusal(at now: NIODeadline) -> Bool {
        state.withLock { $0.refusals.admit(at: now) }
    }

    func count(_ change: (inout IngestCounts) -> Void) {
        state.withLock { change(&$0.counts) }
    }

    var all: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// Counts a newcomer; false where its address has its share already.
    func admit(_ channel: any Channel) -> Bool {
        let address = Self.address(of: channel)
        return state.withLock { state in
            guard state.perAddress[address, default: 0] < maximumPerAddress else {
                state.counts.ended[.crowded, default: 0] += 1
                return false
            }
            state.perAddress[address, default: 0] += 1
            state.channels[ObjectIdentifier(channel)] = channel
            state.counts.accepted += 1
            state.counts.open += 1
            return true
        }
    }

    /// Forgets one that was admitted.
    func leave(_ channel: any Channel) {
        let address = Self.address(of: channel)
        state.withLock { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            state.counts.open -= 1
            let others = state.perAddress[address, default: 1] - 1
            state.perAddress[address] = others > 0 ? others : nil
        }
    }

    /// The address without its port. The channel keeps it after it has closed.
    static func address(of channel: any Channel) -> String {
        channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
