import Testing

struct CodeOnlyTests {
    @Test(arguments: [
        ("let a = 1 // unsafe", "let a = 1 "),
        ("let a = \"unsafe \\\" unsafe\"; b", "let a = \"\"; b"),
        ("a /* unsafe /* unsafe */ unsafe */ b", "a  b"),
        ("\"\"\"\nunsafe\n\"\"\"\nb", "\n\n\"\"\nb"),
        ("#\"unsafe \\\"# b", "\"\" b"),
        ("\"//\" b", "\"\" b"),
        ("\"never ends", "\"\""),
    ])
    func `what is left of a text is its code`(text: String, code: String) {
        #expect(withoutCommentsAndStrings(text) == code)
    }

    @Test func `every form of import is seen`() {
        let text = """
            import A
            package import B
            @preconcurrency import struct C.D
            // import E
            let f = "import F"
            """
        let source = SwiftSource(path: "", layer: .app, target: "", text: text, code: withoutCommentsAndStrings(text))
        #expect(source.imports == ["A", "B", "C"])
    }
}
