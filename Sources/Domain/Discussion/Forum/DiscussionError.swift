/// Why something was not said; for whoever wanted to say it.
package struct DiscussionError: Error, Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// The moderators have not switched it on.
        case closed
        /// The text is not one that is taken.
        case text
        /// It comes too soon; it is taken after so long.
        case pace(wait: Duration)
        /// As much has been said as is kept.
        case full
        /// It is not, or no longer, at the point where that may be done.
        case untimely
        /// Whoever wants it is not in the session.
        case absent
    }

    package let code: Code
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
