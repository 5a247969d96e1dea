import Time

/// A place in a recording, as people write it.
extension Duration {
    /// Reads `1:02:03.5`, `2:03` or `3`; nil for anything else, and for more than a week.
    init?(place text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
        guard (1...3).contains(parts.count) else { return nil }
        var seconds = 0.0
        for part in parts {
            guard let part, part.isFinite, part >= 0 else { return nil }
            seconds = seconds * 60 + part
        }
        guard seconds <= 7 * 86_400 else { return nil }
        self = .milliseconds(Int64((seconds * 1000).rounded()))
    }

    /// `1:02:03`, or `1:02:03.500` where it is not whole.
    var place: String {
        let rest = max(0, microseconds / 1000) % 1000
        return clock + (rest == 0 ? "" : ".\(String(1000 + rest).dropFirst())")
    }

    /// `1:02:03`
    var clock: String {
        let seconds = max(0, components.seconds)
        let parts = [seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return ([String(seconds / 3600)] + parts).joined(separator: ":")
    }
}
