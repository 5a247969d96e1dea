import Access
import Archive
import Foundation
import Hummingbird
import Identifiers
import Programme
import Time

/// `/{conference}/archive` and `/recordings/{recording}`.
struct ArchivePages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    /// Characters of a text that is searched for.
    private static let maximumQuery = 200

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("{conference}/archive", use: archive)
        pages.get("recordings/{recording}", use: recording)
    }

    @Sendable private func archive(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let conference = try await hub.conference(bySlugIn: context.parameters)
        let recordings = try await hub.visible(
            .seeRecordings, in: conference.id, to: reader.identity, hub.recordings.recordings(in:), as: Object.init)
        let summaries = try await summaries(of: recordings, in: conference, reader)
        let words = desk.words(reader, of: conference)
        let days = DayChoices.of(summaries.map(\.starts), in: words)
        let text = request.uri.queryParameters["q"].flatMap(Self.text)
        let day = DayChoices.chosen(request.uri.queryParameters["day"], among: days, in: words)
        let found = summaries.filter { $0.matches(text) && (day == nil || words.dayKey($0.starts) == day) }
        let page = ArchivePage(
            conference: hub.summary(of: conference, [], reader), recordings: found.sorted { $0.starts > $1.starts },
            query: text, day: day, days: days)
        return try await desk.answer(page, to: reader, of: conference)
    }

    @Sendable private func recording(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        guard let conference = try await hub.programme.conference(recording.conference) else { throw Problem(.notFound) }
        let room = try await hub.programme.room(recording.room)?.name.text(in: reader.languages).text
        let page = RecordingPage(
            recording: try await hub.summary(of: recording, room, reader), zone: conference.zone,
            files: recording.files.map { RecordingPage.File($0, of: recording.id) },
            gaps: recording.gaps.filter { $0.cause != .loss }.map { .init($0, in: recording) },
            losses: recording.gaps.filter { $0.cause == .loss }.map(RecordingPage.Loss.init(_:)), note: recording.note,
            verification: recording.verification.map { .init(at: $0.at, files: $0.files, faults: $0.faults) },
            sessionPath: "/sessions/\(recording.session)")
        return try await desk.answer(page, to: reader, of: conference)
    }

    /// What is searched for; a form writes a space as `+`. Nil where it is nothing.
    private static func text(_ asked: Substring) -> String? {
        let text = asked.prefix(maximumQuery).replacing("+", with: " ").trimmingCharacters(in: .whitespaces)
        return text.isEmpty ? nil : text
    }

    private func summaries(
        of recordings: [ArchivedRecording], in conference: Conference, _ reader: Reader
    ) async throws -> [RecordingSummary] {
        let names = try await hub.roomNames(in: conference.id, reader)
        var summaries: [RecordingSummary] = []
        for recording in recordings {
            summaries.append(try await hub.summary(of: recording, names[recording.room], reader))
        }
        return summaries
    }
}

extension RecordingSummary {
    fileprivate func matches(_ text: String?) -> Bool {
        guard let text else { return true }
        return title.localizedStandardContains(text) || room.localizedStandardContains(text)
    }
}

extension RecordingPage.Gap {
    fileprivate init(_ gap: RecordingGap, in recording: ArchivedRecording) {
        self.init(offset: gap.at.since(recording.startedAt), length: gap.length, isPause: gap.cause == .paused)
    }
}

extension RecordingPage.Loss {
    fileprivate init(_ gap: RecordingGap) {
        self.init(at: gap.at, length: gap.length)
    }
}

extension RecordingGap {
    fileprivate var length: Duration { .seconds(seconds.isFinite ? seconds : 0) }
}

extension RecordingPage.File {
    fileprivate init(_ file: RecordingFile, of recording: RecordingID) {
        let seconds = file.seconds.isFinite ? file.seconds : 0
        self.init(
            name: file.name, path: RecordingFilesAPI.path(of: file.name, in: recording), bytes: file.bytes,
            sha256: file.sha256, length: .seconds(seconds))
    }
}
