import Foundation
import Time

/// `/recordings/{id}`: see it, check it, describe it, take it away.
struct RecordingPage: Page {
    static let template = "recording"
    static let spokenByModules = ["recording.player", "recording.finishing-percent", "problem.", "length."]

    let recording: RecordingSummary
    let id: String
    let zone: TimeZone
    let now: UTCInstant
    let abstract: String?
    /// Those that play first, in the order of time; several of them where the coding changed in mid-session.
    let files: [File]
    /// From when its places count.
    let begins: UTCInstant
    let chapters: Chapters
    /// In the order in which they were asked for.
    let clips: [Clip]
    let gaps: [Gap]
    let losses: [Loss]
    /// What else the archivist should know of it; nil where there is nothing.
    let note: String?
    let verification: Verification?
    let isBeingVerified: Bool
    let may: Rights
    /// The session's page.
    let sessionPath: String

    struct Rights: Hashable, Sendable {
        let mark: Bool
        let finish: Bool
        let verify: Bool
        let clip: Bool
    }

    struct File: Hashable, Sendable {
        let name: String
        /// The code of its kind, for example `movie`; the catalogues name it.
        let kind: String
        /// The address that plays and downloads it.
        let path: String
        let bytes: Int64
        /// In hexadecimal.
        let sha256: String
        /// From the beginning of the recording.
        var offset: Duration = .zero
        let length: Duration
    }

    struct Chapters: Hashable, Sendable {
        /// Whether the files carry them as they are now.
        let areInFiles: Bool
        let marks: [Mark]
        let placed: [Placed]

        /// One that can be edited.
        struct Mark: Hashable, Sendable {
            let id: String
            /// How far into the recording, as it is written and read again.
            let place: String
            let title: String
        }

        /// A chapter where it stands in a file.
        struct Placed: Hashable, Sendable {
            let file: String
            let start: Duration
            let title: String
        }
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
            "recordingID": .text(id), "abstract": .text(abstract), "sessionPath": .text(sessionPath),
            "hasFiles": .flag(!movies.isEmpty), "severalFiles": .flag(movies.count > 1),
            "movies": .list(of: movies.enumerated().map { movie($1, number: $0 + 1, words) }),
            "downloads": .list(of: downloads.map { $0.fields(in: words) }),
            "isFinishing": .flag(isFinishing),
        ]) { _, own in own }.merging(proofs(words)) { _, own in own }.merging(editing) { _, own in own }
            .merging(cutting(words)) { _, own in own }
    }

    private func proofs(_ words: Wording) -> Fields {
        [
            "gaps": .list(gaps.map { .text(sentence($0, words)) }), "losses": .list(losses.map { .text(sentence($0, words)) }),
            "note": .text(note), "isWhole": .flag(!hasFlaws && isReady), "hasCompleteness": .flag(hasFlaws || isReady),
            "verification": .object(verification.map { $0.fields(in: words, now: now) }),
            "isBeingVerified": .flag(isBeingVerified), "mayVerify": .flag(may.verify && isReady && !isBeingVerified),
        ]
    }

    private func cutting(_ words: Wording) -> Fields {
        [
            "mayClip": .flag(may.clip && !movies.isEmpty), "hasClips": .flag(may.clip && !movies.isEmpty || !clips.isEmpty),
            "begins": .text(begins.text), "clips": .list(of: clips.map { $0.fields(in: words) }),
        ]
    }

    private var editing: Fields {
        [
            "mayMark": .flag(may.mark && !movies.isEmpty), "hasMarks": .flag(!chapters.marks.isEmpty),
            "marks": .list(of: chapters.marks.map { $0.fields }),
            "isStale": .flag(!chapters.areInFiles),
            "mayFinish": .flag(may.finish && (recording.state == .failed || !chapters.areInFiles)),
        ]
    }
}

// MARK: - Files

extension RecordingPage {
    private var isReady: Bool { recording.state == .ready || recording.state == .faulty }

    private var isFinishing: Bool {
        if case .finishing = recording.state { true } else { false }
    }

    private var movies: [File] { files.filter { $0.kind == "movie" } }

    /// What people take away: not the pictures that the player shows.
    private var downloads: [File] {
        files.filter { ["movie", "track", "chapters"].contains($0.kind) || $0.name == "checksums.sha256" }
    }

    private func movie(_ file: File, number: Int, _ words: Wording) -> Fields {
        let own = chapters.placed.filter { $0.file == file.name }
        return file.fields(in: words).merging([
            "number": .text(words.number(number)), "isFirst": .flag(number == 1),
            "thumbnails": .text(companion("thumbnails", of: file)), "chapterFile": .text(companion("chapters", of: file)),
            "seconds": .text(String(file.length.inSeconds)), "offset": .text(String(file.offset.inSeconds)),
            "hasChapters": .flag(!own.isEmpty),
            "chapters": .list(of: own.map { $0.fields(in: file) }),
        ]) { _, own in own }
    }

    /// The address of `thumbnails-2.vtt` for `recording-2.mp4`, where there is one.
    private func companion(_ kind: String, of file: File) -> String? {
        let name = file.name.replacing("recording", with: kind).replacing(".mp4", with: ".vtt")
        return files.first { $0.name == name }?.path
    }
}

extension RecordingPage.File {
    fileprivate func fields(in words: Wording) -> Fields {
        [
            "fileName": .text(name), "filePath": .text(path), "size": .text(words.size(bytes)), "sha256": .text(sha256),
            "fileLength": .text(length > .zero ? words.length(length) : nil),
            "kind": .text(words.name(of: "recording.file", kind)),
        ]
    }
}

extension RecordingPage.Chapters.Mark {
    fileprivate var fields: Fields { ["markID": .text(id), "place": .text(place), "markTitle": .text(title)] }
}

extension RecordingPage.Chapters.Placed {
    fileprivate func fields(in file: RecordingPage.File) -> Fields {
        [
            "chapterTitle": .text(title), "chapterSeconds": .text(String(start.inSeconds)), "chapterClock": .text(start.clock),
            "chapterPath": .text("\(file.path)#t=\(start.inSeconds)"),
        ]
    }
}

// MARK: - Sentences

extension RecordingPage {
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

extension RecordingPage.Verification {
    fileprivate func fields(in words: Wording, now: UTCInstant) -> Fields {
        let when = "\(words.date(at)), \(words.clock(at)) (\(words.offsetName(at: at)))"
        return [
            "checkedAgo": .text(words.phrases("recording.verified-ago", ["length": words.age(now.since(at))])),
            "checkedAt": .text(when), "checkedInstant": .text(at.text), "isSound": .flag(faults.isEmpty),
            "checkedFiles": .text(words.count("recording.checked-files", files)), "faults": .list(faults.map { .text($0) }),
        ]
    }
}
