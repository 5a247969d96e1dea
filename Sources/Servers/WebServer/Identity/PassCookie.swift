import Access
import Hummingbird
import Rooms
import Time

/// The cookie that carries a pass with every request for media.
enum PassCookie {
    /// It goes when the pass does.
    static func make(_ admission: Admission, arrival: Arrival, now: UTCInstant) -> Cookie {
        Cookie(
            house: CookieName.pass(to: admission.pass.session, secure: arrival.isSecure), value: admission.token,
            lifetime: admission.pass.expires.since(now), secure: arrival.isSecure)
    }
}
