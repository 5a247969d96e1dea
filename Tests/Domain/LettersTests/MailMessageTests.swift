import Testing

@testable import Letters

@Suite struct MailMessageTests {
    @Test func `no line of a message is longer than 76 characters, and all are ASCII`() throws {
        let text = LetterText(
            subject: String(repeating: "Séance à huis clos ", count: 12), plain: String(repeating: "é=. ", count: 200),
            html: "<p>" + String(repeating: "x", count: 500) + "</p>", language: "fr")
        let message = MailMessage(
            name: "letter_1-1", date: MailRoom.noon, sender: try MailRoom.address("a@example.org"),
            recipient: try MailRoom.address("b@example.org"), text: text)
        let lines = String(decoding: message.bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(message.bytes.allSatisfy { $0 < 0x7F })
        #expect(lines.contains("Date: Wed, 16 Jun 2021 12:00:00 +0000"))
    }

    @Test(arguments: [
        ("plain", "plain\r\n"), ("a=b", "a=3Db\r\n"), ("é", "=C3=A9\r\n"), ("end \nnext", "end=20\r\nnext\r\n"),
        (String(repeating: "x", count: 76), String(repeating: "x", count: 75) + "=\r\nx\r\n"),
    ])
    func `quoted-printable keeps every byte`(text: String, expected: String) {
        #expect(QuotedPrintable.text(text) == expected)
    }
}
