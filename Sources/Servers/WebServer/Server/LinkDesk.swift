import HTTPTypes
package import Letters
import NIOCore
import Registration
import Synchronization

/// Takes the requests for sign-in links, which anybody may make for any address.
///
/// The answer is the same, and takes the same time, whether anybody has the address or not. So many may be asked for by one
/// network, which may be a whole parliament, and for one address, so that nobody's letter-box is filled.
package final class LinkDesk: Sendable {
    package struct Configuration: Sendable {
        /// Links within `span` for one mail address.
        package var perAddress = 3
        /// Links within `span` from one network: an IPv4 address, or 64 bits of IPv6.
        package var perNetwork = 100

        package init() {}
    }

    /// In which a bucket that is empty has filled again.
    private static let span: TimeAmount = .minutes(15)
    /// Addresses and networks that are counted at one time; when there are more, those that have been still are forgotten, and
    /// then all.
    private static let maximumBuckets = 50_000

    private let configuration: Configuration
    private let office: PostOffice
    private let buckets = Mutex<[String: Bucket]>([:])

    package init(_ configuration: Configuration, office: PostOffice) {
        self.configuration = configuration
        self.office = office
    }

    /// Whether letters lie in a folder until somebody passes them on.
    var isSpooling: Bool { office.isSpooling }

    /// Has a link sent to `mail`, where somebody has that address.
    ///
    /// - Parameters:
    ///   - next: the page to go on to.
    ///   - client: the address that asks.
    /// - Throws: a `Problem` where too many are asked for.
    func send(
        to mail: MailAddress, in language: Language, next: String?, for client: String, now: NIODeadline = .now()
    ) async throws {
        try take("network " + AddressLimits.key(client), of: configuration.perNetwork, now)
        try take("mail " + mail.text, of: configuration.perAddress, now)
        let matter = next.map { ["next": $0] } ?? [:]
        try await office.post(.signInLink, to: mail, in: language.rawValue, matter: matter)
    }

    private func take(_ key: String, of most: Int, _ now: NIODeadline) throws(Problem) {
        let rate = Double(most) / (Double(Self.span.nanoseconds) / 1e9)
        let left = buckets.withLock { buckets in
            if buckets[key] == nil, buckets.count >= Self.maximumBuckets { Self.forget(&buckets, now) }
            var bucket = buckets[key] ?? Bucket(left: Double(most), at: now)
            defer { buckets[key] = bucket }
            return bucket.take(now, rate: rate, most: Double(most)) ? nil : bucket.left
        }
        guard let left else { return }
        let wait = Int(((1 - left) / rate).rounded(.up))
        throw Problem(
            .tooManyRequests, "Too many sign-in links were asked for.", headers: [.retryAfter: "\(max(1, wait))"])
    }

    private static func forget(_ buckets: inout [String: Bucket], _ now: NIODeadline) {
        buckets = buckets.filter { $0.value.at > now - span }
        if buckets.count >= maximumBuckets { buckets = [:] }
    }
}
