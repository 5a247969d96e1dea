import Foundation
import Registration
import Time

/// A mail as it travels (RFC 5322): a text and the same as HTML, of which the reader's program shows the better that it can (RFC
/// 2046 §5.1.4).
struct MailMessage {
    let name: String
    let date: UTCInstant
    let sender: MailAddress
    let recipient: MailAddress
    let text: LetterText

    var bytes: [UInt8] {
        let parts = [("text/plain", text.plain), ("text/html", text.html)].map { part($0.0, $0.1) }
        return Array((headers + "\r\n" + parts.joined() + "--\(boundary)--\r\n").utf8)
    }

    /// No quoted-printable line holds `=_` (RFC 2045 §6.7).
    private var boundary: String { "=_\(name)" }

    private var headers: String {
        let domain = sender.text.split(separator: "@").last ?? "localhost"
        let fields = [
            "Date: \(date.inMail)", "From: Hemicycle <\(sender.text)>", "To: <\(recipient.text)>",
            "Subject: \(EncodedWord.text(text.subject))", "Message-ID: <\(name)@\(domain)>",
            // So that nobody's absence note answers (RFC 3834 §5).
            "Auto-Submitted: auto-generated", "Content-Language: \(text.language)", "MIME-Version: 1.0",
            "Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"",
        ]
        return fields.map { $0 + "\r\n" }.joined()
    }

    private func part(_ type: String, _ content: String) -> String {
        "--\(boundary)\r\nContent-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
            + QuotedPrintable.text(content)
    }
}

extension UTCInstant {
    /// `Wed, 16 Jun 2021 12:00:00 +0000` (RFC 5322 §3.3).
    fileprivate var inMail: String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = .gmt
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss '+0000'"
        return formatter.string(from: date)
    }
}

/// A header's text that may hold more than ASCII (RFC 2047).
enum EncodedWord {
    /// Bytes of text in one word: a line with the header's name and a word has at most 76 characters (§2).
    private static let most = 39

    /// As it is where that is plain; else in words of whole characters, each on a line of its own.
    static func text(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return text }
        var words = [""]
        for scalar in text.unicodeScalars {
            if (words[words.count - 1] + String(scalar)).utf8.count > most { words.append("") }
            words[words.count - 1].unicodeScalars.append(scalar)
        }
        return words.map { "=?UTF-8?B?\(Data($0.utf8).base64EncodedString())?=" }.joined(separator: "\r\n ")
    }
}

/// Text in lines of at most 76 ASCII characters (RFC 2045 §6.7).
enum QuotedPrintable {
    private static let longestLine = 75

    static func text(_ text: String) -> String {
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return lines.map { line(Array($0.utf8)) + "\r\n" }.joined()
    }

    private static func line(_ bytes: [UInt8]) -> String {
        var lines = [""]
        for (place, byte) in bytes.enumerated() {
            let piece = piece(byte, isLast: place == bytes.count - 1)
            if lines[lines.count - 1].utf8.count + piece.utf8.count > longestLine { lines.append("") }
            lines[lines.count - 1] += piece
        }
        return lines.joined(separator: "=\r\n")
    }

    /// White space at a line's end would be lost on the way.
    private static func piece(_ byte: UInt8, isLast: Bool) -> String {
        let isPlain = (0x21..<0x7F).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !isLast
        guard !isPlain else { return String(UnicodeScalar(byte)) }
        return "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
}
