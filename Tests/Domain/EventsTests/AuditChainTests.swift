import Crypto
import Events
import Identifiers
import Testing
import Time

@Suite struct AuditChainTests {
    private let draft = AuditDraft(
        .sessionOpened, conference: conference, actor: .commandLine, objects: ["a", "b"], details: #"{"reason":"é"}"#)

    private func hash(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test func `the link is the SHA-256 of the netstrings that the description names`() throws {
        let entry = AuditChain.entry(for: draft, sequence: 1, after: AuditChain.beginning, at: start)
        let salt = try #require(entry.details?.salt)
        #expect(entry.detailsDigest == hash("32:\(salt),15:{\"reason\":\"é\"},"))
        let fields = [
            AuditChain.beginning, conference.description, "1", "1623837600000000", "session.open", "command-line", "2", "a",
            "b", entry.detailsDigest,
        ]
        #expect(entry.chain == hash(fields.map { "\($0.utf8.count):\($0)," }.joined()))
    }

    @Test func `the same act is salted anew each time`() {
        let entries = (0..<2).map { _ in AuditChain.entry(for: draft, sequence: 1, after: AuditChain.beginning, at: start) }
        #expect(entries[0].detailsDigest != entries[1].detailsDigest)
    }

    @Test func `fields that only join up alike are told apart`() {
        let digests = [("ab", "c"), ("a", "bc"), ("a", "b,c")].map { salt, text in
            AuditChain.digest(of: AuditDetails(salt: salt, text: text))
        }
        #expect(Set(digests).count == 3)
    }

    @Test(arguments: ["", "command-line ", "person_0198f3c2-0000-7000-8000-000000000000", "token_", "participant_x"])
    func `an id that names nobody who acts is refused`(id: String) {
        #expect(AuditActor(id: id) == nil)
    }
}
