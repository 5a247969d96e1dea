/// Why the rooms cannot do what somebody orders; for whoever ordered it.
package struct RoomError: Error, Hashable, Sendable {
    package enum Code: String, Hashable, Sendable {
        /// Another session runs in the room.
        case roomInUse = "room-in-use"
        /// Nobody readmits themselves.
        case ownRemoval = "own-removal"
        /// The session is not one that is being recorded now.
        case notRecorded = "not-recorded"
    }

    package let code: Code
    /// What stands against it, and what would help.
    package let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
