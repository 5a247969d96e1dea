import Access
import Archive
import Events
import Foundation
import Hummingbird
import Identifiers
import Programme
import Recording
import Time

/// What the archive's pages and the API have in common.
extension Hub {
    /// The rooms whose recordings the asker may see.
    ///
    /// - Throws: the refusal where there is none.
    func rooms(of conference: ConferenceID, withRecordingsFor identity: Identity) async throws -> [RoomID] {
        try await visible(.seeRecordings, in: conference, to: identity, programme.rooms(in:), as: Object.init).map(\.id)
    }

    /// Up to `search.limit` recordings, and the last of them where more follow.
    func page(of search: RecordingSearch) async throws -> ([ArchivedRecording], next: RecordingID?) {
        var wider = search
        wider.limit += 1
        let found = try await recordings.recordings(wider)
        let page = Array(found.prefix(search.limit))
        return (page, found.count > page.count ? page.last?.id : nil)
    }

    /// The chapters of a recording as they stand now.
    func chapters(of recording: ArchivedRecording) async throws -> [RecordingChapter] {
        RecordingChapter.chapters(
            of: recording, session: try await programme.session(recording.session),
            marks: try await recordings.marks(of: recording.session))
    }

    func orderVerification(of recording: ArchivedRecording, by actor: AuditActor) async throws {
        guard recording.state == .ready else { throw Problem(.recordingNotReady) }
        try await audit.append(
            AuditDraft(.recordingVerified, conference: recording.conference, actor: actor, objects: [recording.id.description]))
        guard try await workshop.orderVerification(of: recording.id) else { throw Problem(.recordingNotReady) }
    }

    func orderFinishing(of recording: ArchivedRecording, by actor: AuditActor) async throws {
        guard recording.state == .ready || recording.state == .failed else { throw Problem(.recordingNotReady) }
        try await audit.append(
            AuditDraft(.recordingFinished, conference: recording.conference, actor: actor, objects: [recording.id.description]))
        guard try await workshop.orderFinishing(of: recording.id)
        else { throw Problem(.conflict, "Somebody works on the recording just now.") }
    }
}

extension RecordingSearch {
    /// Characters of a text that is searched for.
    static let maximumText = 200

    /// Takes over what a query of the API asks for.
    mutating func take(_ query: Parameters) throws(Problem) {
        if let asked = query["q"], asked.unicodeScalars.count > Self.maximumText {
            throw Problem(.invalidRequest, "“q” has at most \(Self.maximumText) characters.")
        }
        words = query["q"].map { SearchWords.asked(Self.text($0)) } ?? []
        session = try query.value("session")
        after = try query.value("after")
        if let room: RoomID = try query.value("room") { rooms = rooms.filter { $0 == room } }
        limit = try query.pageLength(Self.longestPage, most: Self.longestPage)
        let from = try Self.instant(query, "from") ?? UTCInstant(microseconds: .min)
        let until = try Self.instant(query, "until") ?? UTCInstant(microseconds: .max)
        began = from..<max(from, until)
    }

    /// A form writes a space as `+`.
    static func text(_ asked: Substring) -> String {
        String(asked.prefix(maximumText)).replacing("+", with: " ").trimmingCharacters(in: .whitespaces)
    }

    private static func instant(_ query: Parameters, _ name: String) throws(Problem) -> UTCInstant? {
        guard let text = query[Substring(name)] else { return nil }
        guard let instant = UTCInstant(String(text)) else { throw Problem(.invalidRequest, "“\(name)” is no RFC 3339 instant.") }
        return instant
    }
}
