import HTTPTypes
import Rooms
import WebRTC

extension Problem {
    /// How long a viewer waits before it asks again whether something is live.
    private static let pause = "2"

    init(_ refusal: WatchRefusal) {
        switch refusal.code {
        case .notLive: self.init(.notLive, refusal.message, headers: [.retryAfter: Self.pause])
        case .reorders: self.init(.pictureReorders, refusal.message)
        case .offer(.malformed): self.init(.invalidRequest, refusal.message, next: "Send the offer that WebRTC made.")
        case .offer(.unacceptable): self.init(.offerUnacceptable, refusal.message)
        case .offer(.noCommonCodec): self.init(.noCommonCodec, refusal.message)
        case .unavailable: self.init(.unavailable, refusal.message, headers: [.retryAfter: Self.pause])
        }
    }
}
