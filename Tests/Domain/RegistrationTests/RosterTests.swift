import Access
import Identifiers
import Registration
import Testing
import Time

@Suite struct RosterTests {
    private static let plain = "name,mail,organisation\nAda Doe,ada@example.org,Parliament of Utopia\n"

    private func why(_ csv: String) -> String? {
        do {
            _ = try Roster(csv: csv)
            return nil
        } catch {
            return error.message
        }
    }

    @Test(arguments: [
        plain, "\u{FEFF}" + plain, plain.replacing("\n", with: "\r\n"), plain.replacing(",", with: ";"),
        plain.replacing(",", with: "\t"), String(plain.dropLast()), plain + "\n,,\n",
        "\"Name\",\"E-Mail\",\"Parliament\"\n\"Ada Doe\",\"ADA@example.org\",\"Parliament of Utopia\"\n",
        "first_name,last_name,affiliation,email\nAda,Doe,Parliament of Utopia,ada@example.org\n",
        "Prénom;Nom;Parlement;Courriel\nAda;Doe;Parliament of Utopia;ada@example.org\n",
    ])
    func `P-11 a table is read as people's spreadsheets write it`(csv: String) throws {
        let roster = try Roster(csv: csv)
        #expect(roster.faults.isEmpty)
        let entry = try #require(roster.entries.first)
        #expect(roster.entries.count == 1 && entry.row == 2)
        #expect((entry.name, entry.organisation) == ("Ada Doe", "Parliament of Utopia"))
        #expect(entry.mail == MailAddress("ada@example.org"))
        #expect(entry.capacity == .member && entry.grants == [.participant])
    }

    @Test func `what somebody is and may do stands in words`() throws {
        let csv = #"""
            name;mail;organisation;capacity;audiences;grants;phone
            "محمد; عبد الله";m@example.org;"مجلس ""النواب""";Staff;websites, communications;participant|moderator;+41
            """#
        let roster = try Roster(csv: csv)
        let entry = try #require(roster.entries.first)
        #expect(entry.name == "محمد; عبد الله" && entry.organisation == "مجلس \"النواب\"")
        #expect(entry.capacity == .staff && entry.audiences == [.websites, .communications])
        #expect(entry.grants == [.participant, .moderator])
        #expect(roster.unusedColumns == ["phone"])
    }

    @Test func `P-11 every fault is told by its row and column, and the other rows are read`() throws {
        let csv = #"""
            name,mail,organisation,capacity,grants
            Ada,ada@example.org,Utopia,member,
            ,bob@example.org,Utopia,member,
            Cy,cy,Utopia,member,
            Di,di@example.org,,member,
            Ed,ed@example.org,Utopia,king,
            Eve,eve@example.org,Utopia,member staff,
            Fay,fay@example.org,Utopia,member,everything

            "Gus
            Two",gus@example.org,Utopia,member,
            Ada again,Ada@Example.org,Utopia,member,
            Hal,hal@example.org,Utopia
            """#
        let roster = try Roster(csv: csv)
        #expect(roster.entries.map(\.row) == [2, 12])
        #expect(roster.faults.map(\.row) == [3, 4, 5, 6, 7, 8, 10, 11])
        let columns = ["name", "mail", "organisation", "capacity", "capacity", "grants", "name", "mail"]
        #expect(roster.faults.map(\.column) == columns)
        #expect(roster.faults[3].description.contains("head-of-delegation"), "it says which words there are")
    }

    @Test(arguments: [
        ("", "name"), ("\n", "name"), ("name,organisation\nAda,Utopia\n", "mail"), ("mail\na@example.org\n", "name"),
        ("name,mail,e-mail,organisation\n", "Two columns"), ("name,mail,organisation\n\"Ada,a@example.org,x\n", "never closed"),
        ("name,mail,organisation\nA\"d\"a,a@example.org,x\n", "no CSV table"),
        (String(repeating: ",", count: 100_000), "cells"), (String(repeating: "\n", count: 30_000), "rows"),
        (String(repeating: "x", count: Roster.longest + 1), "MiB"), (String(repeating: "\"\n\",", count: 400_000), "cells"),
    ])
    func `O-4 a file that is no list of people says why`(csv: String, word: String) throws {
        #expect(why(csv)?.contains(word) == true, "\(why(csv) ?? "it was read")")
    }

    @Test func `nobody is registered twice`() async throws {
        let conference = ConferenceID(at: .init(microseconds: 0))
        let desk = ParticipantDesk(repository: Register(), clock: Clock())
        let first = try await desk.roster(csv: Self.plain, for: conference)
        #expect(try await desk.register(first, in: conference).count == 1)
        let again = try await desk.roster(csv: Self.plain + "Bob,bob@example.org,Utopia\n", for: conference)
        #expect(again.entries.map(\.name) == ["Bob"])
        #expect(again.faults.map(\.row) == [2])
    }
}
