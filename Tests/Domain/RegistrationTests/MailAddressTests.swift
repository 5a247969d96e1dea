import Registration
import Testing

@Suite struct MailAddressTests {
    @Test(arguments: [
        ("ada@parliament.example", "ada@parliament.example"),
        ("Ada.Doe+hub@Parliament.EXAMPLE", "ada.doe+hub@parliament.example"),
        ("o'brien@oireachtas.example", "o'brien@oireachtas.example"), ("مها@برلمان.example", "مها@برلمان.example"),
        ("a@b.c", "a@b.c"),
    ])
    func `an address is kept in lower case`(text: String, kept: String) {
        #expect(MailAddress(text)?.text == kept)
    }

    @Test(arguments: [
        "", "@", "ada", "ada@", "@parliament.example", "ada@localhost", "ada@.example", "ada@example.", "ada@a..b",
        "ada@@parliament.example", "ada@b@parliament.example", "ada doe@parliament.example", " ada@parliament.example",
        "ada@parliament.example ", "ada@parliament.example\n", "ada@parliament.example\r\nBcc: all@parliament.example",
        "ada\u{0}@parliament.example", "ada\u{7F}@parliament.example", "<ada@parliament.example>",
        "ada@parliament.example>", "ada,eve@parliament.example", "\"ada\"@parliament.example", "ada@[127.0.0.1]",
        "ada;@parliament.example", "ada>\u{301}@parliament.example", "ada,\u{301}eve@parliament.example",
        "ada\u{202E}@parliament.example", "ada\u{2028}@parliament.example", "ada\u{200B}@parliament.example",
        "ada@parliament\u{A0}.example", String(repeating: "a", count: 65) + "@parliament.example",
        "ada@" + String(repeating: "a", count: 250) + ".example",
    ])
    func `what mail could not be sent to is refused`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `it prints as redacted`() throws {
        let address = try #require(MailAddress("ada@parliament.example"))
        #expect("\(address)" == "‹redacted›")
        #expect(!String(reflecting: [address]).contains("ada"))
    }
}
