import Logging

/// One key of the configuration: how its value is written, what is accepted, and where it goes.
package struct Setting: Sendable {
    /// As in the file, for example `http.port`.
    package let key: String
    /// What a value may be, in words for the operator.
    package let accepted: String
    /// Takes the value over; false where it is not accepted.
    let take: @Sendable (String, inout Settings) -> Bool
    /// The value that settings have, as it would be written.
    package let written: @Sendable (Settings) -> String

    /// `HEMICYCLE_HTTP_PORT` for `http.port`.
    package var environmentName: String {
        "HEMICYCLE_" + key.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }

    /// `--http-port` for `http.port`.
    package var flag: String { "--" + key.replacing(".", with: "-") }
}

extension Setting {
    typealias Place<Value> = any WritableKeyPath<Settings, Value> & Sendable

    static func text(
        _ key: String, _ place: Place<String>, accepted: String, _ isAccepted: @escaping @Sendable (String) -> Bool
    ) -> Setting {
        Setting(key: key, accepted: accepted) { text, settings in
            guard isAccepted(text) else { return false }
            settings[keyPath: place] = text
            return true
        } written: {
            $0[keyPath: place]
        }
    }

    static func integer(_ key: String, _ place: Place<Int>, _ range: ClosedRange<Int>) -> Setting {
        Setting(key: key, accepted: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text, settings in
            guard let value = Int(text), range.contains(value) else { return false }
            settings[keyPath: place] = value
            return true
        } written: {
            String($0[keyPath: place])
        }
    }

    /// Nothing is a value too.
    static func optionalInteger(_ key: String, _ place: Place<Int?>, _ range: ClosedRange<Int>) -> Setting {
        let accepted = "a whole number from \(range.lowerBound) to \(range.upperBound), or nothing"
        return Setting(key: key, accepted: accepted) { text, settings in
            let value = Int(text)
            guard text.isEmpty || value.map(range.contains) == true else { return false }
            settings[keyPath: place] = value
            return true
        } written: {
            $0[keyPath: place].map(String.init) ?? ""
        }
    }

    static func duration(_ key: String, _ place: Place<Duration>, _ range: ClosedRange<Duration>) -> Setting {
        let accepted =
            "a time from \(range.lowerBound.written) to \(range.upperBound.written), with its unit: 500ms, 2s, 15m, 12h, 14d"
        return Setting(key: key, accepted: accepted) { text, settings in
            guard let value = Duration(written: text), range.contains(value) else { return false }
            settings[keyPath: place] = value
            return true
        } written: {
            $0[keyPath: place].written
        }
    }

    static func choice<Value: RawRepresentable<String> & Sendable>(
        _ key: String, _ place: Place<Value>, _ choices: [Value]
    ) -> Setting {
        Setting(key: key, accepted: "one of " + choices.map(\.rawValue).joined(separator: ", ")) { text, settings in
            guard let value = choices.first(where: { $0.rawValue == text }) else { return false }
            settings[keyPath: place] = value
            return true
        } written: {
            $0[keyPath: place].rawValue
        }
    }
}

extension Duration {
    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
    ]

    /// A whole or decimal number and its unit: `500ms`, `0.5s`, `15m`, `12h`, `14d`; nil for anything else.
    init?(written text: String) {
        guard let unit = Self.units.first(where: { text.hasSuffix($0.suffix) }),
            let number = Double(text.dropLast(unit.suffix.count)), number.isFinite, number >= 0, number < 1e9
        else { return nil }
        self = .microseconds(Int64((number * Double(unit.milliseconds) * 1000).rounded()))
    }

    /// In the largest unit in which it is a whole number.
    var written: String {
        let milliseconds = Int64(self / .milliseconds(1))
        let unit = Self.units.last { milliseconds != 0 && milliseconds.isMultiple(of: $0.milliseconds) } ?? ("s", 1000)
        return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
    }
}
