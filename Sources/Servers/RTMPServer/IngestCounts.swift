import RTMP

/// What has become of the connections since the start, and how many there are: for the operator's log and figures.
package struct IngestCounts: Hashable, Sendable {
    /// How a connection ended.
    package enum Ending: String, CaseIterable, Sendable {
        case left
        case refused
        case violation
        case tooSlow = "too-slow"
        case silent
        case broken
        case deaf
        case stopped
        /// Its address had its share of connections already.
        case crowded
    }

    package internal(set) var open = 0
    package internal(set) var publishing = 0
    package internal(set) var accepted = 0
    /// How often newcomers had to wait, since there were as many connections as there may be.
    package internal(set) var timesFull = 0
    package internal(set) var ended: [Ending: Int] = [:]

    package init() {}

    package subscript(_ ending: Ending) -> Int { ended[ending, default: 0] }

    /// What is of interest to whoever looks for trouble, by name: all but coming and leaving in order.
    package var troubles: [String: Int] {
        var troubles = Dictionary(uniqueKeysWithValues: ended.map { ($0.key.rawValue, $0.value) })
        troubles[Ending.left.rawValue] = nil
        troubles[Ending.stopped.rawValue] = nil
        troubles["full"] = timesFull > 0 ? timesFull : nil
        return troubles
    }
}

extension IngestCounts.Ending {
    init(_ reason: CloseReason) {
        switch reason {
        case .peerLeft: self = .left
        case .refused: self = .refused
        case .violation: self = .violation
        case .tooSlow: self = .tooSlow
        case .silent: self = .silent
        case .broken: self = .broken
        case .deaf: self = .deaf
        case .stopped: self = .stopped
        }
    }
}
