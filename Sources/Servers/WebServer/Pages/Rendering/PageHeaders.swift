import HTTPTypes

/// What every page's answer says about what it may do.
enum PageHeaders {
    /// Everything from this server alone, no inline script or style; `blob:` is how the player hands pictures to the browser.
    static let contentSecurityPolicy = [
        "default-src 'self'", "media-src 'self' blob:", "script-src 'self'", "style-src 'self'", "connect-src 'self'",
        "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    ].joined(separator: "; ")

    /// The addresses of sign-in links are secrets: no page tells another site where its reader came from.
    static let fields: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .contentSecurityPolicy: contentSecurityPolicy,
        .xContentTypeOptions: "nosniff",
        .referrerPolicy: "same-origin",
        .permissionsPolicy: "camera=(), microphone=(), geolocation=(), fullscreen=(self), autoplay=(self)",
        .crossOriginOpenerPolicy: "same-origin",
        .cacheControl: "private, no-cache",
        .vary: "Cookie, Accept-Language",
    ]
}
