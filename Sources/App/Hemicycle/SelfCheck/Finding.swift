/// One thing that the self-check looked at.
package struct Finding: Sendable, CustomStringConvertible {
    package enum Verdict: String, Sendable {
        case sound = "ok"
        /// It will work, but somebody should know.
        case warning
        case fault
    }

    package let verdict: Verdict
    /// What was looked at: `http port`, `certificate`.
    package let subject: String
    /// What was found; for a fault, what mends it.
    package let text: String

    static func sound(_ subject: String, _ text: String) -> Finding { Finding(verdict: .sound, subject: subject, text: text) }
    static func warning(_ subject: String, _ text: String) -> Finding {
        Finding(verdict: .warning, subject: subject, text: text)
    }
    static func fault(_ subject: String, _ text: String, mend: String) -> Finding {
        Finding(verdict: .fault, subject: subject, text: "\(text)\n          → \(mend)")
    }

    package var isFault: Bool { verdict == .fault }

    package var description: String {
        let mark = verdict.rawValue
        return mark + String(repeating: " ", count: 10 - mark.count) + "\(subject): \(text)"
    }
}
