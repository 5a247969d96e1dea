package import Identifiers
package import Registration
package import Time

/// A time during which somebody was in a session, or a part of one; shorter absences than `Attendance.patience` do not end it.
package struct Stay: Hashable, Sendable {
    package let participant: ParticipantID
    package let from: UTCInstant
    /// When they were last heard of; not before `from`.
    package let until: UTCInstant

    package init(participant: ParticipantID, from: UTCInstant, until: UTCInstant) {
        self.participant = participant
        self.from = from
        self.until = max(from, until)
    }
}

/// All that somebody was in a session, as the attendance list has it.
package struct AttendanceLine: Hashable, Sendable {
    package let participant: ParticipantID
    package let name: String
    package let organisation: String
    package let capacity: Capacity
    /// Nil for who was let in and has not come.
    package private(set) var firstIn: UTCInstant?
    package private(set) var lastOut: UTCInstant?
    /// Together, without the times between.
    package private(set) var present: Duration
    package internal(set) var isPresent = false

    package init(
        participant: ParticipantID, name: String, organisation: String, capacity: Capacity, firstIn: UTCInstant?,
        lastOut: UTCInstant?, present: Duration
    ) {
        self.participant = participant
        self.name = name
        self.organisation = organisation
        self.capacity = capacity
        self.firstIn = firstIn
        self.lastOut = lastOut
        self.present = present
    }

    /// Takes in a stay of theirs; what lies before the last of what is known is counted already.
    mutating func take(_ stay: Stay) {
        firstIn = firstIn ?? stay.from
        present += max(.zero, stay.until.since(max(stay.from, lastOut ?? stay.from)))
        lastOut = max(lastOut ?? stay.until, stay.until)
    }
}
