import Access
import Archive
import Foundation
import Hummingbird
import Identifiers
import Programme
import Recording
import Time

/// `/{conference}/archive` and `/recordings/{recording}`.
struct ArchivePages {
    let desk: PageDesk
    private var hub: Hub { desk.hub }

    /// Recordings on one page.
    private static let cards = 24

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("{conference}/archive", use: archive)
        pages.get("recordings/{recording}", use: recording)
    }

    @Sendable private func archive(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let conference = try await hub.conference(bySlugIn: context.parameters)
        let rooms = try await hub.rooms(of: conference.id, withRecordingsFor: reader.identity)
        let words = desk.words(reader, of: conference)
        let query = request.uri.queryParameters
        let starts = try await hub.recordings.recordingStarts(in: conference.id, rooms: rooms)
        let days = DayChoices.of(starts, in: words)
        let asked = ArchivePage.Filter(query, days: days, in: words)
        let search = search(asked, in: conference, rooms, days, query["after"], words)
        let (found, next) = try await hub.page(of: search)
        let names = try await hub.roomNames(in: conference.id, reader)
        let page = ArchivePage(
            conference: hub.summary(of: conference, [], reader), recordings: try await summaries(of: found, names, reader),
            filter: asked, days: days, rooms: rooms.map { .init(id: $0.description, name: names[$0] ?? "") },
            next: next?.description)
        return try await desk.answer(page, to: reader, of: conference)
    }

    private func search(
        _ asked: ArchivePage.Filter, in conference: Conference, _ rooms: [RoomID], _ days: [UTCInstant], _ after: Substring?,
        _ words: Wording
    ) -> RecordingSearch {
        RecordingSearch(
            in: conference.id, rooms: asked.room.map { room in rooms.filter { $0.description == room } } ?? rooms,
            began: days.first { words.dayKey($0) == asked.day }.map(words.wholeDay(of:)),
            words: SearchWords.asked(asked.text ?? ""), after: after.flatMap { RecordingID(String($0)) }, limit: Self.cards)
    }

    @Sendable private func recording(_ request: Request, _ context: WebContext) async throws -> Response {
        let reader = Reader(request, context)
        let recording = try await hub.recording(in: context.parameters)
        try hub.permit(context.identity, .seeRecordings, on: Object(recording))
        guard let conference = try await hub.programme.conference(recording.conference) else { throw Problem(.notFound) }
        let room = try await hub.programme.room(recording.room)?.name.text(in: reader.languages).text
        let page = RecordingPage(
            recording: try await hub.summary(of: recording, room, reader), id: recording.id.description, zone: conference.zone,
            now: hub.clock.now(), abstract: try await abstract(of: recording, reader),
            files: recording.files.map { RecordingPage.File($0, of: recording) }, begins: recording.begin,
            chapters: try await chapters(of: recording), clips: try await clips(of: recording),
            gaps: recording.gaps.filter { $0.cause != .loss }.map { .init($0, in: recording) },
            losses: recording.gaps.filter { $0.cause == .loss }.map(RecordingPage.Loss.init(_:)), note: recording.note,
            verification: recording.verification.map { .init(at: $0.at, files: $0.files, faults: $0.faults) },
            isBeingVerified: recording.verificationAskedAt != nil, may: rights(reader.identity, Object(recording)),
            sessionPath: "/sessions/\(recording.session)")
        return try await desk.answer(page, to: reader, of: conference)
    }

    private func rights(_ identity: Identity, _ object: Object) -> RecordingPage.Rights {
        RecordingPage.Rights(
            mark: hub.allows(identity, .markChapters, on: object), finish: hub.allows(identity, .finishRecordings, on: object),
            verify: hub.allows(identity, .verifyRecordings, on: object), clip: hub.allows(identity, .clipRecordings, on: object))
    }

    private func abstract(of recording: ArchivedRecording, _ reader: Reader) async throws -> String? {
        try await hub.programme.session(recording.session)?.abstract?.text(in: reader.languages).text
    }

    private func chapters(of recording: ArchivedRecording) async throws -> RecordingPage.Chapters {
        let chapters = try await hub.chapters(of: recording)
        let marks = try await hub.recordings.marks(of: recording.session)
        return RecordingPage.Chapters(
            areInFiles: chapters == recording.chapters || recording.state != .ready,
            marks: marks.map { mark in
                .init(id: mark.id.description, place: mark.at.since(recording.begin).place, title: mark.title)
            },
            placed: recording.movies.flatMap { place(chapters, in: $0, of: recording) })
    }

    private func clips(of recording: ArchivedRecording) async throws -> [RecordingPage.Clip] {
        try await hub.recordings.clips(of: recording.id).map { clip in
            RecordingPage.Clip(clip, in: recording, done: hub.workshop.progress(of: clip.id))
        }
    }

    private func place(
        _ chapters: [RecordingChapter], in file: RecordingFile, of recording: ArchivedRecording
    ) -> [RecordingPage.Chapters.Placed] {
        let start = file.startsAt ?? recording.startedAt
        let placed = PlacedChapter.place(chapters, from: start, to: start.advanced(by: file.length))
        return placed.map { .init(file: file.name, start: $0.start, title: $0.source.title) }
    }

    private func summaries(
        of recordings: [ArchivedRecording], _ names: [RoomID: String], _ reader: Reader
    ) async throws -> [RecordingSummary] {
        var summaries: [RecordingSummary] = []
        for recording in recordings {
            summaries.append(try await hub.summary(of: recording, names[recording.room], reader))
        }
        return summaries
    }
}

extension ArchivePage.Filter {
    fileprivate init(_ query: Parameters, days: [UTCInstant], in words: Wording) {
        let text = query["q"].map(RecordingSearch.text) ?? ""
        self.init(
            text: text.isEmpty ? nil : text, day: DayChoices.chosen(query["day"], among: days, in: words),
            room: query["room"].flatMap { RoomID(String($0)) }?.description)
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

extension RecordingFile {
    var length: Duration { .seconds(seconds.isFinite ? seconds : 0) }
}

extension RecordingPage.File {
    fileprivate init(_ file: RecordingFile, of recording: ArchivedRecording) {
        self.init(
            name: file.name, kind: file.kind.rawValue, path: RecordingFilesAPI.path(of: file.name, in: recording.id),
            bytes: file.bytes, sha256: file.sha256, offset: file.startsAt?.since(recording.begin) ?? .zero, length: file.length)
    }
}

extension RecordingPage.Clip {
    fileprivate init(_ clip: Clip, in recording: ArchivedRecording, done: Double?) {
        let state: State =
            switch clip.state {
            case .making: .making(done)
            case .ready: .ready(path: ClipsAPI.path(of: clip), bytes: clip.file?.bytes ?? 0)
            case .failed: .failed(clip.note)
            }
        self.init(
            id: clip.id.description, title: clip.title, from: clip.from.since(recording.begin),
            until: clip.until.since(recording.begin), state: state)
    }
}
