package import WebRTC

/// Why somebody who may be in a session is not sent its media; for them.
package struct WatchRefusal: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// Nothing is published there now.
        case notLive
        /// The feed's pictures have B-frames.
        case reorders
        /// What they have offered cannot be answered.
        case offer(SDPError.Code)
        /// The server has as many viewers as it may, or is stopping.
        case unavailable
    }

    package let code: Code
    package let message: String

    init(_ code: Code, _ message: String) {
        (self.code, self.message) = (code, message)
    }

    package init(_ error: SDPError) {
        self.init(.offer(error.code), error.message)
    }

    static let notLive = WatchRefusal(.notLive, "Nothing is published in this session now.")
    static let reorders = WatchRefusal(
        .reorders, "The picture of this session has B-frames, which WebRTC does not carry.")
}
