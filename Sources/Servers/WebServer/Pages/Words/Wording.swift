import Foundation
import Time

/// One language in one time zone: how a page says dates, spans, lengths, sizes and numbers.
struct Wording: Sendable {
    let phrases: Phrases
    /// The zone of the conference that the page is about; every time is told with it.
    let zone: TimeZone

    var language: Language { phrases.language }
    var locale: Locale { language.locale }

    func at(_ zone: TimeZone) -> Wording {
        Wording(phrases: phrases, zone: zone)
    }

    /// The word for a code of the domain, such as the audience `library`; the code itself where the catalogue has none.
    func name(of family: String, _ code: String) -> String {
        phrases.known("\(family).\(code)") ?? code
    }

    /// The name of a language by its BCP 47 tag; the tag itself where it has none.
    func name(ofLanguage tag: String) -> String {
        locale.localizedString(forIdentifier: tag) ?? tag
    }

    /// The words of a list in one sentence: `a, b and c`.
    func list(_ words: [String]) -> String {
        words.formatted(.list(type: .and).locale(locale))
    }
}

extension Wording {
    func number(_ value: Int) -> String {
        value.formatted(IntegerFormatStyle<Int>(locale: locale))
    }

    /// The sentence for a number, in the right plural form.
    func count(_ key: String, _ value: Int) -> String {
        phrases(key, count: value, written: number(value))
    }

    /// A length in its two largest units: `1 h 32 min`, `4 min 10 s`, `12 s`.
    func length(_ duration: Duration) -> String {
        let seconds = max(0, duration.components.seconds)
        let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
        if hours > 0 { return phrases("length.hours", ["hours": "\(hours)", "minutes": "\(minutes)"]) }
        if minutes > 0 { return phrases("length.minutes", ["minutes": "\(minutes)", "seconds": "\(seconds % 60)"]) }
        return phrases("length.seconds", ["seconds": "\(seconds)"])
    }

    /// How long ago something was, in days once it is two of them.
    func age(_ duration: Duration) -> String {
        let days = duration.components.seconds / 86_400
        return days >= 2 ? count("length.days", Int(days)) : length(duration)
    }

    /// A size in decimal units, as disks and downloads are sold: `1.4 GB`.
    func size(_ bytes: Int64) -> String {
        var (value, unit) = (Double(max(0, bytes)), 0)
        let units = ["bytes", "kilobytes", "megabytes", "gigabytes", "terabytes"]
        while value >= 999.5 && unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
        let digits = unit == 0 || value >= 99.95 ? 0 : 1
        let style = FloatingPointFormatStyle<Double>(locale: locale).precision(.fractionLength(digits))
        return phrases("size.\(units[unit])", ["value": value.formatted(style)])
    }

    /// Bits a second, for the health of a feed: `2.5 Mbit/s`.
    func rate(_ bitsPerSecond: Int64) -> String {
        let style = FloatingPointFormatStyle<Double>(locale: locale).precision(.fractionLength(1))
        return phrases("size.rate", ["value": (Double(max(0, bitsPerSecond)) / 1_000_000).formatted(style)])
    }
}
