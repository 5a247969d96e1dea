/// Why somebody who may enter a session has to wait for it.
package enum WaitingReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// A moderator has to admit them.
    case lobby
    /// The session is locked: nobody new comes in but whom a moderator admits all the same.
    case locked
    /// Every seat is taken, or others wait for one already.
    case full
}
