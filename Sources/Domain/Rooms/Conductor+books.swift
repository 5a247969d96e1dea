import Identifiers
import Logging
import Programme
import Recording
import Time

/// What the conductor keeps in mind of the running sessions beside moving them: how far they have come, how the clock stands to
/// them, and what they need on the disk.
extension Conductor {
    /// Has written down how far each session's line has come, until the task is cancelled: a start of the program after which the
    /// wall clock has been set back goes on behind it.
    func keepReaches() async {
        while (try? await Task.sleep(for: notices.interval * 5)) != nil {
            for floor in onFloor { await keepReach(of: floor) }
        }
    }

    func keepReach(of floor: Floor) async {
        var epoch = floor.epoch
        (epoch.reach, epoch.ahead) = (floor.line, ahead(of: floor))
        do {
            try await directory.repositories.rooms.save(epoch)
        } catch {
            logger.error(
                "how far a session has come was not kept", metadata: ["session": "\(epoch.session)", "error": "\(error)"])
        }
    }

    /// Has written down who was in the sessions, until the task is cancelled. Together with what is between two times, that is what a crash
    /// loses: `Attendance.patience` at most.
    func keepAttendance() async {
        while (try? await Task.sleep(for: notices.interval * 15)) != nil { await directory.keepAttendance() }
    }

    /// Looks every half minute whether the programme of each conference that records still fits on the disk.
    func keepAccounts() async {
        let accounts = DiskAccounts(directory: directory, studio: studio)
        while (try? await Task.sleep(for: notices.interval * 30)) != nil {
            for conference in Set(onFloor.filter(\.session.isRecorded).map(\.session.conference)) {
                do {
                    directory.note(try await accounts.forecast(for: conference), for: conference)
                } catch {
                    logger.error("the disk's accounts could not be made up", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    /// How far the wall clock is ahead of the session's line: what it has been set by in mid-session.
    private func ahead(of floor: Floor) -> Duration { directory.clock.now().since(floor.line) }

    func noteClock() {
        for floor in onFloor {
            directory.recording(of: floor.session.id)?.writer.noteClock(ahead: ahead(of: floor), at: floor.line)
        }
    }
}
