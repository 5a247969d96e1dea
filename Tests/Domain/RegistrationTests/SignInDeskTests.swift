import Access
import Identifiers
import Registration
import Testing
import Time

@Suite struct SignInDeskTests {
    let register = Register()
    let clock = Clock()
    let conference = ConferenceID(at: .init(microseconds: 0))

    private var participants: ParticipantDesk { ParticipantDesk(repository: register, clock: clock) }

    private func ada(in conference: ConferenceID? = nil) async throws -> Participant {
        let mail = try #require(MailAddress("ada@parliament.example"))
        return try await participants.register(
            "Ada Doe", mail: mail, organisation: "Parliament of Utopia", as: .member, in: conference ?? self.conference,
            grants: [GrantInPlace(.participant)])
    }

    private func desk(_ change: (inout SignInDesk.Configuration) -> Void = { _ in }) -> SignInDesk {
        var configuration = SignInDesk.Configuration()
        change(&configuration)
        return SignInDesk(repository: register, clock: clock, configuration: configuration)
    }

    private func refusal(of work: () async throws -> Void) async -> RegistrationError.Code? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? RegistrationError)?.code
        }
    }

    @Test func `an expired sign-in is not told, and cannot be ended any more`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let old = try await desk.redeem(try await desk.makeLink(for: ada.person))
        clock.advance(by: SignInDesk.Configuration().signInLifetime - .seconds(60))
        let new = try await desk.redeem(try await desk.makeLink(for: ada.person))
        #expect(try await desk.signIns(of: ada.person) == [new.signIn, old.signIn])
        clock.advance(by: .seconds(60))
        #expect(try await desk.signIns(of: ada.person) == [new.signIn])
        #expect(try await desk.signIn(shown: old.cookie) == nil)
        #expect(try await !desk.end(old.signIn.id, of: ada.person))
    }

    @Test func `a link signs in the person whom it was made for, once`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let link = try await desk.makeLink(for: ada.person)
        let (signIn, cookie) = try await desk.redeem(link)
        #expect(signIn.person == ada.person)
        let subject = try await desk.subject(for: cookie)
        #expect(subject.participation(in: conference)?.participant == ada.id)
        #expect(await refusal { _ = try await desk.redeem(link) } == .linkUsed)
        #expect(cookie != link)
    }

    @Test func `a link works for twenty minutes and no longer, whatever is configured`() async throws {
        let desk = desk { $0.linkLifetime = .seconds(86_400) }
        let ada = try await ada()
        let link = try await desk.makeLink(for: ada.person)
        clock.advance(by: .seconds(20 * 60))
        #expect(await refusal { _ = try await desk.redeem(link) } == .linkExpired)
        let second = try await desk.makeLink(for: ada.person)
        clock.advance(by: .seconds(20 * 60 - 1))
        #expect(await refusal { _ = try await desk.redeem(second) } == nil)
    }

    @Test func `a newer link makes the older one void`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let older = try await desk.makeLink(for: ada.person)
        let newer = try await desk.makeLink(for: ada.person)
        #expect(await refusal { _ = try await desk.redeem(older) } == .linkUnknown)
        #expect(await refusal { _ = try await desk.redeem(newer) } == nil)
    }

    @Test(arguments: ["", "hc_link_", "hc_link_AAAA", String(repeating: "A", count: 5_000), "\u{0}"])
    func `a text that is no link or cookie lets nobody in`(text: String) async throws {
        let desk = desk()
        _ = try await desk.makeLink(for: ada().person)
        #expect(await refusal { _ = try await desk.redeem(Secret(shown: text)) } == .linkUnknown)
        #expect(try await desk.subject(for: Secret(shown: text)) == .anonymous)
    }

    @Test func `a link is no cookie`() async throws {
        let desk = desk()
        let link = try await desk.makeLink(for: ada().person)
        #expect(try await desk.subject(for: link) == .anonymous)
    }

    @Test func `a sign-in lasts fourteen days, used or not`() async throws {
        let desk = desk()
        let cookie = try await desk.redeem(desk.makeLink(for: ada().person)).cookie
        clock.advance(by: .seconds(14 * 86_400 - 1))
        #expect(try await desk.subject(for: cookie) != .anonymous)
        clock.advance(by: .seconds(1))
        #expect(try await desk.subject(for: cookie) == .anonymous)
    }

    @Test func `who signed out is nobody at once`() async throws {
        let desk = desk()
        let cookie = try await desk.redeem(desk.makeLink(for: ada().person)).cookie
        #expect(try await desk.subject(for: cookie) != .anonymous)
        try await desk.signOut(cookie)
        #expect(try await desk.subject(for: cookie) == .anonymous)
        try await desk.signOut(cookie)
    }

    @Test func `a recognised person is looked up again after two seconds`() async throws {
        let desk = desk()
        let cookie = try await desk.redeem(desk.makeLink(for: ada().person)).cookie
        for _ in 0..<10 { _ = try await desk.subject(for: cookie) }
        #expect(register.lookUps == 1)
        clock.advance(by: .milliseconds(1999))
        _ = try await desk.subject(for: cookie)
        #expect(register.lookUps == 1)
        clock.advance(by: .milliseconds(1))
        _ = try await desk.subject(for: cookie)
        #expect(register.lookUps == 2)
    }

    @Test func `a clock that is set back does not keep anybody recognised`() async throws {
        let desk = desk()
        let cookie = try await desk.redeem(desk.makeLink(for: ada().person)).cookie
        _ = try await desk.subject(for: cookie)
        clock.advance(by: .seconds(-3600))
        _ = try await desk.subject(for: cookie)
        #expect(register.lookUps == 2)
    }

    @Test func `who is revoked has no rights at the next request`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let cookie = try await desk.redeem(desk.makeLink(for: ada.person)).cookie
        _ = try await desk.subject(for: cookie)
        try await desk.revoke(ada.id)
        #expect(try await desk.subject(for: cookie) == .person(ada.person, []))
    }

    @Test func `a look-up that was under way during a revocation is not remembered`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let cookie = try await desk.redeem(desk.makeLink(for: ada.person)).cookie
        register.duringNextLookUp { try await desk.revoke(ada.id) }
        _ = try await desk.subject(for: cookie)
        #expect(try await desk.subject(for: cookie) == .person(ada.person, []))
    }

    @Test func `whose participation has changed is looked up again`() async throws {
        let (desk, ada) = (desk(), try await ada())
        let cookie = try await desk.redeem(desk.makeLink(for: ada.person)).cookie
        _ = try await desk.subject(for: cookie)
        let second = ConferenceID(at: clock.now())
        _ = try await self.ada(in: second)
        desk.forget(ada.person)
        #expect(try await desk.subject(for: cookie).participation(in: second) != nil)
    }

    @Test func `the memory is bounded, and whom it drops is only looked up again`() async throws {
        let desk = desk { $0.remembered = 3 }
        let ada = try await ada()
        var cookies: [Secret] = []
        for _ in 0..<10 { cookies.append(try await desk.redeem(desk.makeLink(for: ada.person)).cookie) }
        for cookie in cookies + cookies { #expect(try await desk.subject(for: cookie) != .anonymous) }
        #expect(register.lookUps > 10)
    }

    @Test func `a known address in another conference is the same person`() async throws {
        let here = try await ada()
        let there = try await ada(in: ConferenceID(at: clock.now()))
        #expect(there.person == here.person)
        #expect(there.id != here.id)
    }

    @Test(arguments: ["", "  ", String(repeating: "é", count: 101)])
    func `a name that is empty or too long is refused`(name: String) async throws {
        let mail = try #require(MailAddress("ada@parliament.example"))
        let code = await refusal {
            _ = try await participants.register(
                name, mail: mail, organisation: "Parliament", as: .member, in: conference, grants: [])
        }
        #expect(code == .nameUnfit)
    }
}
