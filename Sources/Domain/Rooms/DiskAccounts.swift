import Archive
package import Identifiers
import Programme
import Recording
import Time

/// Counts what a conference's recordings take on the disk, and what its programme will still need.
package struct DiskAccounts: Sendable {
    /// A recording that is shorter says nothing of how fast others grow.
    private static let shortest: Duration = .seconds(10)

    private let directory: RoomDirectory
    private let studio: RecordingStudio

    package init(directory: RoomDirectory, studio: RecordingStudio) {
        self.directory = directory
        self.studio = studio
    }

    package func forecast(for conference: ConferenceID) async throws -> DiskForecast {
        let recordings = try await directory.repositories.recordings.recordings(in: conference)
        let running = directory.recordings(in: conference)
        let files = try recordings.map { try studio.folder($0.id).files() }
        return DiskForecast(
            used: files.joined().reduce(0) { $0 + $1.bytes },
            budget: try await directory.repositories.recordings.budget(of: conference), free: studio.freeBytes,
            rate: Self.rate(running) ?? Self.rate(recordings), remaining: try await remaining(in: conference),
            unfinished: running.reduce(0) { $0 + $1.bytesOnDisk })
    }

    /// How long the sessions that are to be recorded still go on by the programme, together.
    private func remaining(in conference: ConferenceID) async throws -> Duration {
        let (programme, now) = (directory.repositories.programme, directory.clock.now())
        let overrides = try await programme.overrides(in: conference)
        return try await programme.sessions(in: conference).filter { $0.isRecorded && overrides[$0.id] != .closed }
            .reduce(.zero) { $0 + max(.zero, $1.endsAt.since(max(now, $1.startsAt))) }
    }

    private static func rate(_ running: [RecordingState]) -> Double? {
        mean(running.filter { $0.duration >= shortest }.map { ($0.bytesOnDisk, $0.duration) })
    }

    private static func rate(_ recordings: [ArchivedRecording]) -> Double? {
        mean(
            recordings.filter { $0.duration ?? .zero >= shortest }.map { recording in
                (recording.files.reduce(0) { $0 + $1.bytes }, recording.duration ?? .zero)
            })
    }

    private static func mean(_ measured: [(bytes: Int64, duration: Duration)]) -> Double? {
        let seconds = measured.reduce(0) { $0 + $1.duration.inSeconds }
        return seconds > 0 ? measured.reduce(0) { $0 + Double($1.bytes) } / seconds : nil
    }
}
