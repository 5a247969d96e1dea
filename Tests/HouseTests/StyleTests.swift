import Testing

/// The style sheets hold for both writing directions and take their colours from one file.
struct StyleTests {
    private let sheets: [(path: String, text: String)]

    init() throws {
        sheets = try House.files(below: "Sources/Servers/WebServer/Resources", withExtension: "css").map { path in
            (path, try House.text(path).replacing(/\/\*[\s\S]*?\*\//, with: ""))
        }
    }

    @Test func `there are style sheets`() {
        #expect(!sheets.isEmpty)
    }

    @Test func `no declaration is bound to left or right`() {
        for sheet in sheets {
            let physical = sheet.text
                .matches(of: /(?:^|[\s;{])((?:[\w-]*-)?(?:left|right)[\w-]*\s*:|[\w-]+:\s*(?:left|right)\b)/)
                .map(\.1)
            #expect(physical.isEmpty, "\(sheet.path): \(physical)")
        }
    }

    @Test func `no declaration is made important`() {
        for sheet in sheets {
            #expect(!sheet.text.contains("!important"), "\(sheet.path)")
        }
    }

    @Test func `colours are named in the tokens alone`() {
        for sheet in sheets where !sheet.path.hasSuffix("tokens.css") {
            let colours = sheet.text.matches(of: /:[^;{}]*?(#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\()/).map(\.1)
            #expect(colours.isEmpty, "\(sheet.path): \(colours)")
        }
    }
}
