package import Time

/// What must be kept of calls with a key.
package protocol CallRepository: Sendable {
    /// Writes the call down where no other has its name, and tells that other where one has.
    ///
    /// - Parameter limit: what was called before is forgotten first.
    func begin(_ call: KeptCall, forgettingBefore limit: UTCInstant) async throws -> KeptCall?
    func keep(answer: String, of name: String) async throws
    /// Forgets a call, so that its name is free.
    func forgetCall(_ name: String) async throws
}

package struct KeptCall: Hashable, Sendable {
    package let name: String
    package let content: String
    package let calledAt: UTCInstant
    /// Sealed; nil until it is given.
    package let answer: String?

    package init(name: String, content: String, calledAt: UTCInstant, answer: String? = nil) {
        self.name = name
        self.content = content
        self.calledAt = calledAt
        self.answer = answer
    }
}
