import Files
import Foundation
import Registration
import Store
import Testing

@testable import Letters

@Suite struct PostOfficeTests {
    @Test func `a letter goes once, with a link that signs in`() async throws {
        let room = try await MailRoom()
        let office = try room.open()
        try await office.post(.signInLink, to: room.mail, in: "fr", matter: ["next": "/wepc-2021"])
        #expect(await office.sendNext())
        #expect(await !office.sendNext())
        let message = String(decoding: try #require(room.carrier.taken.first).message, as: UTF8.self)
        let secret = try #require(message.firstMatch(of: /hc_link_[A-Za-z0-9_-]+/))
        #expect(message.contains("\(secret.output) /wepc-2021"))
        #expect(try await room.store.link(digest: Secret(shown: String(secret.output)).digest)?.usedAt == nil)
    }

    @Test func `a letter to an address that nobody has is dropped in silence`() async throws {
        let room = try await MailRoom()
        let office = try room.open()
        try await office.post(.signInLink, to: try MailRoom.address("nobody@example.org"), in: "en")
        #expect(await office.sendNext())
        #expect(await !office.sendNext())
        #expect(room.carrier.tried.isEmpty)
    }

    @Test func `a letter that cannot go is tried again after ever longer pauses, each time under another Message-ID`()
        async throws
    {
        let room = try await MailRoom()
        let office = try room.open()
        room.carrier.refuse(CarriageError(.later, "greylisted"))
        try await office.post(.signInLink, to: room.mail, in: "en")
        _ = await office.sendNext()
        for pause in [15, 30, 60] {
            room.clock.advance(by: .seconds(pause - 1))
            #expect(await !office.sendNext())
            room.clock.advance(by: .seconds(1))
            #expect(await office.sendNext())
        }
        let names = room.carrier.tried.map { mail in
            String(decoding: mail.message, as: UTF8.self).firstMatch(of: /Message-ID: <(.+)@example.org>\r\n/)?.output.1 ?? ""
        }
        #expect(names.count == 4 && Set(names).count == 4)
    }

    @Test func `a letter outlasts a restart in the midst of an attempt`() async throws {
        let room = try await MailRoom()
        room.carrier.refuse(CarriageError(.unreachable, "no answer"))
        let before = try room.open()
        try await before.post(.signInLink, to: room.mail, in: "en")
        #expect(await !before.sendNext())
        room.carrier.refuse(nil)
        room.clock.advance(by: .seconds(15))
        let after = try room.open()
        #expect(await after.sendNext())
        #expect(room.carrier.taken.count == 1)
    }

    @Test func `a refused letter is not tried again, and one is given up after a day`() async throws {
        let room = try await MailRoom()
        let office = try room.open()
        room.carrier.refuse(CarriageError(.refused, "no such mailbox"))
        try await office.post(.signInLink, to: room.mail, in: "en")
        _ = await office.sendNext()
        room.clock.advance(by: .seconds(100_000))
        #expect(await !office.sendNext())

        room.carrier.refuse(CarriageError(.later, "busy"))
        try await office.post(.signInLink, to: room.mail, in: "en")
        _ = await office.sendNext()
        room.clock.advance(by: .seconds(86_400))
        _ = await office.sendNext()
        room.clock.advance(by: .seconds(86_400))
        #expect(await !office.sendNext())
        #expect(room.carrier.tried.count == 3)
    }

    @Test func `a newer letter takes the place of one that waits`() async throws {
        let room = try await MailRoom()
        let office = try room.open()
        for language in ["en", "fr"] { try await office.post(.signInLink, to: room.mail, in: language) }
        while await office.sendNext() {}
        #expect(room.carrier.taken.count == 1)
        #expect(String(decoding: room.carrier.taken[0].message, as: UTF8.self).contains("Content-Language: fr"))
    }

    @Test func `the spool holds a file for each letter, for its owner alone`() async throws {
        let room = try await MailRoom()
        let office = try room.open(SpoolCarrier(Path("\(room.folder)/mail")))
        try await office.post(.signInLink, to: room.mail, in: "en")
        #expect(await office.sendNext())
        let names = try Folder(Path("\(room.folder)/mail")).names()
        #expect(names.count == 1 && names[0].hasSuffix("-1.eml"))
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(room.folder)/mail/\(names[0])")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
}
