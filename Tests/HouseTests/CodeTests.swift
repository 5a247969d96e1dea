import Testing

/// Rules of the house that a compiler does not hold.
struct CodeTests {
    private let sources: [SwiftSource]

    init() throws {
        sources = try SwiftSource.all()
    }

    @Test func `unsafe code stands in the bindings, or is listed here with its reason`() {
        for source in sources where source.layer != .bindings && unsafeElsewhere[source.path] == nil {
            // `nonisolated(unsafe)` is another matter, held by the next test.
            let lines = source.lines(matching: /\bunsafe\b(?!\))/)
            #expect(lines.isEmpty, "\(source):\(lines)")
        }
    }

    @Test func `a promise that the compiler cannot check carries a sentence of proof`() {
        for source in sources {
            let text = source.text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in source.lines(matching: /@unchecked Sendable|nonisolated\(unsafe\)/) {
                let above = line >= 2 ? text[line - 2].drop { $0 == " " } : ""
                #expect(above.hasPrefix("//") || above.hasPrefix("@"), "\(source):\(line) has no comment above it")
            }
        }
    }

    @Test func `nothing traps by force`() {
        for source in sources {
            #expect(source.lines(matching: /\btry!|\bas!|\bfatalError\(/).isEmpty, "\(source)")
        }
    }

    @Test func `protocols hold no clock, socket, task or random source`() {
        for source in sources where source.layer == .protocols {
            let lines = source.lines(
                matching:
                    #/
                    \b (?: ContinuousClock | SuspendingClock | SystemRandomNumberGenerator | Task | FileHandle | FileManager ) \b
                    | \.random\( | \bDate\(\)
                    /#)
            #expect(lines.isEmpty, "\(source):\(lines)")
        }
    }

    @Test func `SQL is written in the store alone`() {
        for source in sources where source.layer != .storage {
            let sql = source.text.firstMatch(of: /"\s*(?:SELECT [\w*]|INSERT INTO |UPDATE \w+ SET |DELETE FROM |CREATE TABLE )/)
            #expect(sql == nil, "\(source)")
        }
    }

    @Test func `nothing is left unfinished`() throws {
        for source in sources {
            #expect(source.text.firstMatch(of: /\bTODO\b|\bFIXME\b|\bXXX\b/) == nil, "\(source)")
            #expect(!source.path.hasSuffix("/Stub.swift"), "\(source)")
        }
    }

    /// Files outside the bindings that need an unsafe call, and why no binding can hold it for them.
    private let unsafeElsewhere: [String: String] = [
        "Sources/Domain/Registration/Secret.swift": "swift-crypto lends the bytes of a key through a pointer only"
    ]
}
