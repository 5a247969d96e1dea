import Identifiers
import Registration
import Time

/// The seats of a session and the line before them. Whoever was let in once comes back at any time, and takes a seat that is free or
/// one more.
extension LiveSession {
    /// Whether somebody new has to wait for a seat.
    func isFull(now: UTCInstant) -> Bool {
        guard let free = freeSeats(now: now) else { return false }
        return free <= line(now: now).count
    }

    /// Whether somebody who comes now, or has waited, has a seat.
    func hasSeat(for participant: ParticipantID, now: UTCInstant) -> Bool {
        guard let free = freeSeats(now: now) else { return true }
        let line = line(now: now)
        return (line.firstIndex(of: participant) ?? line.count) < free
    }

    /// Those who wait for nothing but a seat, in the order in which they came.
    func line(now: UTCInstant) -> [ParticipantID] {
        guard entrance.seats != nil else { return [] }
        return waiting.present(now: now).filter { entrance.letsPass($0.organisation, $0.capacity) }
            .sorted { ($0.since, $0.participant) < ($1.since, $1.participant) }.map(\.participant)
    }

    /// Nil for as many as come.
    private func freeSeats(now: UTCInstant) -> Int? {
        entrance.seats.map { $0 - attendance.count(now: now) }
    }
}
