import Foundation
import Time

/// `/recordings/{id}`: see it, check it, take it away.
struct RecordingPage: Page {
    static let template = "recording"
    let recording: RecordingSummary
    let zone: TimeZone
    /// In the order of time; several where the coding changed in mid-session.
    let files: [File]
    let gaps: [Gap]
    let losses: [Loss]
    /// What else the archivist should know of it; nil where there is nothing.
    let note: String?
    let verification: Verification?
    /// The session's page.
    let sessionPath: String

    struct File: Hashable, Sendable {
        let name: String
        /// The address that plays and downloads it.
        let path: String
        let bytes: Int64
        /// In hexadecimal.
        let sha256: String
        let length: Duration
    }

    /// Where the desk sent nothing.
    struct Gap: Hashable, Sendable {
        /// From the beginning of the recording.
        let offset: Duration
        let length: Duration
        /// Whether a moderator had paused the recording; else the production desk sent nothing.
        var isPause = false
    }

    /// What the server had received and could not keep.
    struct Loss: Hashable, Sendable {
        let at: UTCInstant
        /// At most so much.
        let length: Duration
    }

    struct Verification: Hashable, Sendable {
        let at: UTCInstant
        let files: Int
        /// In words, one for each fault; empty where all is sound.
        let faults: [String]
    }

    func title(in words: Wording) -> String { recording.title }

    func fields(in words: Wording) -> Fields {
        let words = words.at(zone)
        return recording.fields(in: words).merging([
            "sessionPath": .text(sessionPath), "hasFiles": .flag(!files.isEmpty), "severalFiles": .flag(files.count > 1),
            "files": .list(of: files.enumerated().map { $1.fields(number: $0 + 1, in: words) }),
            "gaps": .list(gaps.map { .text(sentence($0, words)) }), "losses": .list(losses.map { .text(sentence($0, words)) }),
            "note": .text(note),
            "isWhole": .flag(!hasFlaws && recording.state == .ready),
            "hasCompleteness": .flag(hasFlaws || recording.state == .ready),
            "verification": .object(verification.map { $0.fields(in: words) }),
        ]) { _, own in own }
    }

    private var hasFlaws: Bool { !gaps.isEmpty || !losses.isEmpty || note != nil }

    private func sentence(_ gap: Gap, _ words: Wording) -> String {
        words.phrases(
            gap.isPause ? "recording.pause" : "recording.gap",
            ["offset": words.length(gap.offset), "length": words.length(gap.length)])
    }

    private func sentence(_ loss: Loss, _ words: Wording) -> String {
        words.phrases("recording.loss", ["time": words.exactClock(loss.at), "length": words.length(loss.length)])
    }
}

extension RecordingPage.File {
    fileprivate func fields(number: Int, in words: Wording) -> Fields {
        [
            "fileName": .text(name), "filePath": .text(path), "size": .text(words.size(bytes)), "sha256": .text(sha256),
            "fileLength": .text(words.length(length)), "number": .text(words.number(number)), "isFirst": .flag(number == 1),
        ]
    }
}

extension RecordingPage.Verification {
    fileprivate func fields(in words: Wording) -> Fields {
        let when = "\(words.date(at)), \(words.clock(at)) (\(words.offsetName(at: at)))"
        return [
            "checkedAt": .text(words.phrases("recording.verified", ["time": when])), "isSound": .flag(faults.isEmpty),
            "checkedFiles": .text(words.count("recording.checked-files", files)), "faults": .list(faults.map { .text($0) }),
        ]
    }
}
