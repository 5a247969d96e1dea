/// Where a file or folder lies, as the operating system is told it.
package struct Path: Hashable, Sendable {
    package let text: String

    package init(_ text: String) {
        self.text = text
    }

    /// The entry of this name in the folder at this path.
    package func appending(_ name: String) -> Path {
        Path(text.hasSuffix("/") ? text + name : text + "/" + name)
    }

    /// The last part: the entry's name in its folder.
    package var name: String {
        text.split(separator: "/").last.map(String.init) ?? text
    }

    /// The folder that holds it: `.` where none is named.
    package var folder: Path {
        guard let slash = text.lastIndex(of: "/") else { return Path(".") }
        return Path(slash == text.startIndex ? "/" : String(text[..<slash]))
    }
}

extension Path: CustomStringConvertible {
    package var description: String { text }
}
