import NIOCore
import Synchronization

/// What one address may have of the server: so that no one keeps the others out, by mistake or on purpose. Many people may sit
/// behind one address, so that the limits are those of a whole parliament.
///
/// Addresses of IPv6 count by their first 64 bits, which one customer has.
package final class AddressLimits: Sendable {
    package struct Configuration: Sendable {
        /// Connections at one time. A live page holds up to 4.
        package var connections = 2000
        /// Requests a second that are not for media: several times what a full house asks when it opens the live page.
        package var requests = 500
        /// Requests for media a second: what 500 viewers ask at parts of 0.2 s.
        package var mediaRequests = 10_000

        package init() {}
    }

    enum Kind: Hashable {
        case media
        case other
    }

    /// What an address has used. Requests are let through as from a bucket that fills by the second.
    private struct Use {
        var connections = 0
        private var media: Bucket?
        private var other: Bucket?

        subscript(kind: Kind) -> Bucket? {
            get { kind == .media ? media : other }
            set { if kind == .media { media = newValue } else { other = newValue } }
        }

        func isStill(since instant: NIODeadline) -> Bool {
            connections <= 0 && [media, other].allSatisfy { $0.map { $0.at <= instant } ?? true }
        }
    }

    /// An address that has been still for so long may ask for as much at once.
    private static let burst: TimeAmount = .seconds(10)
    /// Addresses that are counted at one time; those beyond are not held back.
    private static let maximumAddresses = 50_000

    private let configuration: Configuration
    private let uses = Mutex<[String: Use]>([:])

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Counts a request; false where it is one too many.
    func allow(_ kind: Kind, from address: String, now: NIODeadline = .now()) -> Bool {
        let rate = Double(kind == .media ? configuration.mediaRequests : configuration.requests)
        let most = rate * Double(Self.burst.nanoseconds) / 1e9
        return change(address, now: now) { use in
            var bucket = use[kind] ?? Bucket(left: most, at: now)
            defer { use[kind] = bucket }
            return bucket.take(now, rate: rate, most: most)
        }
    }

    /// Counts a connection; false where it is one too many. Each that is let in is to `leave`.
    func enter(_ address: String, now: NIODeadline = .now()) -> Bool {
        change(address, now: now) { use in
            guard use.connections < configuration.connections else { return false }
            use.connections += 1
            return true
        }
    }

    func leave(_ address: String) {
        uses.withLock { $0[Self.key(address)]?.connections -= 1 }
    }

    private func change(_ address: String, now: NIODeadline, _ body: (inout Use) -> Bool) -> Bool {
        let key = Self.key(address)
        return uses.withLock { uses in
            if uses[key] == nil, uses.count >= Self.maximumAddresses { Self.forget(&uses, now: now) }
            guard uses[key] != nil || uses.count < Self.maximumAddresses else { return true }
            return body(&uses[key, default: Use()])
        }
    }

    /// Those who have been still for so long that nothing of what they asked counts any more.
    private static func forget(_ uses: inout [String: Use], now: NIODeadline) {
        uses = uses.filter { !$0.value.isStill(since: now - burst) }
    }

    /// Of an IPv6 address the first four groups, with the zeros written that `::` leaves out (RFC 5952 §4.2).
    static func key(_ address: String) -> String {
        guard address.utf8.contains(UInt8(ascii: ":")) else { return address }
        let groups = address.split(separator: ":", omittingEmptySubsequences: false)
        let first = groups.prefix { !$0.isEmpty }
        let last = groups.dropFirst(first.count).filter { !$0.isEmpty }
        let zeros = [Substring](repeating: "0", count: max(0, 8 - first.count - last.count))
        return (first + zeros + last).prefix(4).joined(separator: ":")
    }
}
