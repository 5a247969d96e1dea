/// What a client tells of its ICE while it is here (RFC 8840 §9): the candidates that it finds, or new credentials.
///
/// The candidates are not kept: a lite agent learns where its peer is from the peer's checks.
package struct ICEFragment: Hashable, Sendable {
    /// Nil where it names none.
    package let credentials: ICECredentials?

    package init(_ text: String) throws(SDPError) {
        let description = try SessionDescription("v=0\r\n" + text)
        let attributes = description.attributes + (description.sections.first?.attributes ?? [])
        switch (attributes["ice-ufrag"], attributes["ice-pwd"]) {
        case (nil, nil): credentials = nil
        case (let fragment?, let password?): credentials = try ICECredentials(said: fragment, password)
        default: throw SDPError(.malformed, "A fragment with half of the ICE credentials.")
        }
    }
}

extension ICECredentials {
    /// Those of a client, within the lengths of RFC 8839 §5.4.
    init(said fragment: String, _ password: String) throws(SDPError) {
        guard 4...256 ~= fragment.utf8.count, 22...256 ~= password.utf8.count else {
            throw SDPError(.malformed, "ICE credentials of no sound length.")
        }
        self.init(fragment: fragment, password: password)
    }
}
