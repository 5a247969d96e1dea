import NIOCore
import Synchronization

/// Who is connected now. Any thread may call it.
final class OpenConnections: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var perAddress: [String: Int] = [:]
    }

    private let maximum: Int
    private let maximumPerAddress: Int
    private let state = Mutex(State())

    init(maximum: Int, perAddress: Int) {
        self.maximum = maximum
        maximumPerAddress = perAddress
    }

    var isFull: Bool { state.withLock { $0.channels.count >= maximum } }

    var all: [any Channel] { state.withLock { Array($0.channels.values) } }

    /// Counts a newcomer; false where its address has its share already.
    func admit(_ channel: any Channel) -> Bool {
        let address = Self.address(of: channel)
        return state.withLock { state in
            guard state.perAddress[address, default: 0] < maximumPerAddress else { return false }
            state.perAddress[address, default: 0] += 1
            state.channels[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    /// Forgets one that was admitted.
    func leave(_ channel: any Channel) {
        let address = Self.address(of: channel)
        state.withLock { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            let others = state.perAddress[address, default: 1] - 1
            state.perAddress[address] = others > 0 ? others : nil
        }
    }

    /// The address without its port. The channel keeps it after it has closed.
    static func address(of channel: any Channel) -> String {
        channel.remoteAddress?.ipAddress ?? "unknown"
    }
}
