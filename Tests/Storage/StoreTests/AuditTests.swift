import Events
import GRDB
import Identifiers
import Programme
import Store
import Testing
import Time

@Suite struct AuditTests {
    private func fixture(acts: Int) async throws -> (Fixture, AuditLog) {
        let fixture = try await Fixture()
        let log = AuditLog(repository: fixture.store, clock: SystemWallClock())
        for act in 0..<acts {
            try await log.append(
                AuditDraft(
                    .participantRemoved, conference: fixture.conference.id, actor: .commandLine,
                    objects: [fixture.opening.id.description], details: #"{"reason":"\#(act)"}"#))
        }
        return (fixture, log)
    }

    /// Changes the file behind the program's back.
    private func tamper(_ fixture: Fixture, _ sql: String) throws {
        let queue = try DatabaseQueue(path: fixture.folder + "/" + ConferenceStore.fileName)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            try database.execute(sql: sql)
            #expect(database.changesCount > 0)
        }
    }

    @Test func `an untouched log is sound`() async throws {
        let (fixture, log) = try await fixture(acts: 5)
        let result = try await log.verify(fixture.conference.id)
        #expect(result.isSound && result.entries == 5 && result.erased == 0)
        #expect(try await log.verify(fixture.other.id).entries == 0)
        let entries = try await fixture.store.auditEntries(in: fixture.conference.id, after: 0, limit: 10)
        #expect(entries.map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(entries.first?.details?.text == #"{"reason":"0"}"#)
        #expect(Set(entries.compactMap(\.details?.salt)).count == 5)
    }

    @Test func `every actor comes back`() async throws {
        let (fixture, log) = try await fixture(acts: 0)
        let actors: [AuditActor] = [
            .participant(ParticipantID(at: Fixture.start)), .token(TokenID(at: Fixture.start)), .commandLine,
        ]
        for actor in actors {
            try await log.append(
                AuditDraft(.tokenCreated, conference: fixture.conference.id, actor: actor, objects: []))
        }
        let entries = try await fixture.store.auditEntries(in: fixture.conference.id, after: 0, limit: 10)
        #expect(entries.map(\.actor) == actors)
        #expect(try await log.verify(fixture.conference.id).isSound)
    }

    @Test func `erased details leave the log sound and are counted`() async throws {
        let (fixture, log) = try await fixture(acts: 3)
        try tamper(fixture, "DELETE FROM audit_detail WHERE sequence = 2")
        let result = try await log.verify(fixture.conference.id)
        #expect(result.isSound && result.entries == 3 && result.erased == 1)
    }

    @Test(arguments: [
        ("UPDATE audit_detail SET details = '{}' WHERE sequence = 2", AuditFault.Kind.detailsAltered),
        ("UPDATE audit_detail SET salt = '00' WHERE sequence = 2", .detailsAltered),
        ("UPDATE audit_entry SET kind = 'session.open' WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET kind = 'nonsense' WHERE sequence = 2", .unreadable),
        ("UPDATE audit_entry SET actor = '\(TokenID(at: Fixture.start))' WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET objects = '[]' WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET objects = '{' WHERE sequence = 2", .unreadable),
        ("UPDATE audit_entry SET instant = instant + 1 WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET details_digest = chain WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET chain = details_digest WHERE sequence = 2", .altered),
        ("UPDATE audit_entry SET sequence = 9 WHERE sequence = 2", .missing),
        ("DELETE FROM audit_entry WHERE sequence = 2", .missing),
        ("DELETE FROM audit_entry WHERE sequence >= 2", .missing),
    ])
    func `what was altered is named by its number`(sql: String, kind: AuditFault.Kind) async throws {
        let (fixture, log) = try await fixture(acts: 4)
        try tamper(fixture, sql)
        let result = try await log.verify(fixture.conference.id)
        #expect(result.fault?.sequence == 2)
        #expect(result.fault?.kind == kind)
        #expect(result.entries == 1)
    }

    @Test func `two entries that changed places are found`() async throws {
        let (fixture, log) = try await fixture(acts: 3)
        try tamper(fixture, "UPDATE audit_entry SET sequence = 10 - sequence WHERE sequence IN (2, 3)")
        try tamper(fixture, "UPDATE audit_entry SET sequence = sequence - 5 WHERE sequence IN (7, 8)")
        #expect(try await log.verify(fixture.conference.id).fault?.sequence == 2)
    }

    @Test func `a log written by many at once is sound`() async throws {
        let (fixture, log) = try await fixture(acts: 0)
        let draft = AuditDraft(
            .recordingVerified, conference: fixture.conference.id, actor: .commandLine, objects: ["a", "b"])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await log.append(draft) } }
            try await group.waitForAll()
        }
        let result = try await log.verify(fixture.conference.id)
        #expect(result.isSound && result.entries == 100)
    }
}
