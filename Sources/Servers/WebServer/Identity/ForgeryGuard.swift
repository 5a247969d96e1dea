import HTTPTypes
import Hummingbird

/// The defence against requests that another site makes a browser send (ASVS 3.5).
///
/// A write that a cookie authorises must come from our own pages by what the browser says of it, and must show the token that
/// stands in them: as a header from scripts, as the field `csrf` from forms.
enum ForgeryGuard {
    /// - Parameter shown: the token in the header or in the form.
    static func check(_ headers: HTTPFields, arrival: Arrival, signIn: PresentSignIn, shown: String?) throws(Problem) {
        try checkOrigin(headers, arrival: arrival)
        guard let shown, CSRFToken(of: signIn.secret).matches(shown) else {
            throw Problem(.crossSiteRequest, "The request does not carry the token of this sign-in's pages.")
        }
    }

    /// `Sec-Fetch-Site` where the browser sends it, else `Origin`; a client that sends neither is no browser that another site
    /// could use, or an old one, for which the token stands.
    static func checkOrigin(_ headers: HTTPFields, arrival: Arrival) throws(Problem) {
        if let site = headers[.secFetchSite] {
            guard site == "same-origin" || site == "none" else { throw foreign }
        } else if let origin = headers[.origin] {
            guard origin.lowercased() == arrival.origin else { throw foreign }
        }
    }

    private static var foreign: Problem { Problem(.crossSiteRequest, "The browser says that another site made this request.") }
}
