import HTTPTypes

/// What every answer says besides its content; an answer that says it already keeps its own word.
enum SecurityHeaders {
    static func complete(_ fields: inout HTTPFields, isSecure: Bool) {
        for (name, value) in everywhere where fields[name] == nil { fields[name] = value }
        if isSecure { fields[.strictTransportSecurity] = "max-age=63072000" }
    }

    /// What is no page may load nothing and stand in no frame, should a browser ever show it. Our own addresses are told to
    /// ourselves alone, since a sign-in link is one; `no-referrer` would make a browser write `Origin: null` on our own forms.
    private static let everywhere: [(HTTPField.Name, String)] = [
        (.xContentTypeOptions, "nosniff"),
        (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        (.referrerPolicy, "same-origin"),
        (.crossOriginResourcePolicy, "same-origin"),
    ]
}
