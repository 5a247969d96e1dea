import Archive
import Events
import Files
import Foundation
import Identifiers
import Programme
import Recording
import Store
import Testing
import Time

@testable import Rooms

@Suite struct RetentionTests {
    /// A recording that ended so many days before noon, with files in its folder.
    private func archive(_ house: House, daysAgo: Int) async throws -> ArchivedRecording {
        let session = try #require(try await house.publish(0).first)
        let end = House.noon.advanced(by: .seconds(-86_400 * daysAgo))
        var recording = ArchivedRecording(
            id: RecordingID(at: end), session: session.id, conference: house.conference.id, room: house.room.id, state: .ready,
            startedAt: end.advanced(by: .seconds(-60)))
        recording.endedAt = end
        try await house.store.save(recording)
        let folder = "\(house.folder)/\(recording.id)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for (name, bytes) in [("manifest.json", 10), ("picture-1.mp4", 1000)] {
            try Data(count: bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return recording
    }

    /// Every file below the house's folder but the database's.
    private func files(_ house: House) throws -> Set<String> {
        let all = try FileManager.default.subpathsOfDirectory(atPath: house.folder)
        return Set(all.filter { $0.hasPrefix("recording_") && $0.contains("/") })
    }

    private func expired(_ house: House, days: Int) -> UTCInstant { House.noon.advanced(by: .seconds(-86_400 * days)) }

    @Test func `A-9: the report is the difference of the file system, and a tombstone and an audit entry remain`() async throws {
        let house = try await House()
        let (old, young) = (try await archive(house, daysAgo: 400), try await archive(house, daysAgo: 10))
        let before = try files(house)
        let limit = expired(house, days: 365)
        let told = try await house.studio.expired(before: limit, in: house.conference.id)
        #expect(try files(house) == before, "a dry run changes nothing")
        let deleted = try await house.studio.deleteExpired(
            before: limit, in: house.conference.id, reason: "A year is over", by: .commandLine)
        #expect(told == deleted)
        let gone = before.subtracting(try files(house))
        #expect(gone == Set(deleted.flatMap { recording in recording.files.map { "\(recording.id)/\($0.name)" } }))
        #expect(deleted.map(\.bytes) == [1010])
        #expect(!FileManager.default.fileExists(atPath: "\(house.folder)/\(old.id)"))
        #expect(try await house.store.recordings(in: house.conference.id).map(\.id) == [young.id])
        let tombstone = try #require(try await house.store.tombstone(of: old.id))
        #expect(tombstone.reason == "A year is over" && tombstone.files == deleted.first?.files)
        #expect(try await house.audit() == [.recordingDeleted])
        #expect(try await house.events() == [.recordingDeleted])
    }

    @Test func `a deletion that a crash broke off is brought to its end by the next`() async throws {
        let house = try await House()
        let old = try await archive(house, daysAgo: 400)
        let limit = expired(house, days: 365)
        var lock: AdvisoryLock? = try AdvisoryLock(on: Path("\(house.folder)/\(old.id)"))
        await #expect(throws: RecordingError.self) {
            try await house.studio.deleteExpired(before: limit, in: house.conference.id, reason: "test", by: .commandLine)
        }
        withExtendedLifetime(lock) { lock = nil }
        #expect(try await house.store.recording(old.id) == nil)
        #expect(try files(house).count == 2)
        let rest = try await house.studio.deleteExpired(
            before: limit, in: house.conference.id, reason: "test", by: .commandLine)
        #expect(rest.map(\.id) == [old.id])
        #expect(try files(house).isEmpty)
        #expect(try await house.studio.expired(before: limit, in: house.conference.id).isEmpty)
    }

    @Test func `what is still being made is not deleted`() async throws {
        let house = try await House()
        var recording = try await archive(house, daysAgo: 400)
        recording.state = .finishing
        try await house.store.save(recording)
        #expect(try await house.studio.expired(before: House.noon, in: house.conference.id).isEmpty)
    }

    @Test func `the accounts say what is used, what is to come and whether it fits`() async throws {
        let house = try await House()
        _ = try await archive(house, daysAgo: 1)
        let accounts = DiskAccounts(directory: house.directory, studio: house.studio)
        let forecast = try await accounts.forecast(for: house.conference.id)
        #expect(forecast.used == 1010 && forecast.budget == nil && forecast.fits)
        try await house.studio.setBudget(1009, of: house.conference.id, by: .commandLine)
        #expect(try await accounts.forecast(for: house.conference.id).room == 0)
        #expect(try await house.audit() == [.recordingBudgetSet])
    }
}
