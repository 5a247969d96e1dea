import Foundation
import RegexBuilder

/// A Swift file of the house, with its place in it.
struct SwiftSource: CustomStringConvertible {
    /// From the root of the repository.
    let path: String
    let layer: Layer
    let target: String
    let text: String
    /// The text without comments and without what stands in string literals; line for line.
    let code: String

    var description: String { path }

    /// The modules that it imports.
    var imports: [String] {
        code.matches(of: Self.importLine).map { String($0.1) }
    }

    /// `import A`, `package import A`, `@preconcurrency import struct A.B`; the module is captured.
    private static var importLine: Regex<(Substring, Substring)> {
        #/
        (?m) ^ \s* (?: @\w+ \s+ )*
        (?: (?: public | package | internal | fileprivate | private ) \s+ )?
        import \s+ (?: (?: struct | class | enum | protocol | func | var | let | typealias ) \s+ )?
        (\w+)
        /#
    }

    /// The numbers (from 1) of the lines of code in which `pattern` matches.
    func lines(matching pattern: some RegexComponent) -> [Int] {
        code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.firstMatch(of: pattern) != nil }
            .map { $0.offset + 1 }
    }
}

extension SwiftSource {
    /// Read once; every test waits for it.
    private static let sources = Result { try read() }

    /// Every Swift file below `Sources/`, in the order of paths.
    static func all() throws -> [SwiftSource] {
        try sources.get()
    }

    private static func read() throws -> [SwiftSource] {
        try House.files(below: "Sources", withExtension: "swift").compactMap { path in
            let parts = path.split(separator: "/").map(String.init)
            guard parts.count >= 4, let layer = Layer(rawValue: parts[1]) else { return nil }
            let text = try House.text(path)
            return SwiftSource(path: path, layer: layer, target: parts[2], text: text, code: withoutCommentsAndStrings(text))
        }
    }
}
