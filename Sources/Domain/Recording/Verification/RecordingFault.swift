/// Something in a folder that is not as it was written.
package struct RecordingFault: Hashable, Sendable {
    package let file: String
    /// The bytes that it is somewhere in; nil for the whole file.
    package let range: Range<Int64>?
    /// What is wrong, in words.
    package let problem: String

    init(_ file: String, _ problem: String, at range: Range<Int64>? = nil) {
        self.file = file
        self.range = range
        self.problem = problem
    }
}

extension RecordingFault: CustomStringConvertible {
    package var description: String {
        guard let range else { return "\(file): \(problem)" }
        return "\(file), bytes \(range.lowerBound)–\(range.upperBound - 1): \(problem)"
    }
}
