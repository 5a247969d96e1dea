import Access
import Archive
import Foundation
import Identifiers
import Programme
import Registration
import Rooms
import Time

/// What pages show of the conference, in the reader's language.
extension Hub {
    /// The names of a conference's rooms.
    func roomNames(in conference: ConferenceID, _ reader: Reader) async throws -> [RoomID: String] {
        try await knownRooms(in: conference).mapValues { $0.name.text(in: reader.languages).text }
    }

    func knownRooms(in conference: ConferenceID) async throws -> [RoomID: Room] {
        Dictionary(try await programme.rooms(in: conference).map { ($0.id, $0) }) { first, _ in first }
    }

    /// Every session of the published programme, by start.
    func summaries(of conference: Conference, _ reader: Reader) async throws -> [SessionSummary] {
        let known = try await knownRooms(in: conference.id)
        return try await programme.sessions(in: conference.id).map { session in
            SessionSummary(session, phase: rooms.state(of: session.id)?.phase, room: known[session.room], reader)
        }
    }

    func summary(of state: Rooms.SessionState, _ reader: Reader) async throws -> SessionSummary {
        SessionSummary(
            state.session, phase: state.phase, room: try await programme.room(state.session.room), reader)
    }

    func summary(of conference: Conference, _ sessions: [SessionSummary], _ reader: Reader) -> ConferenceSummary {
        ConferenceSummary(
            title: conference.title.text(in: reader.languages).text, path: conference.path, starts: conference.startsAt,
            ends: conference.endsAt, zone: conference.zone, live: sessions.filter { $0.phase == .running })
    }

    func summary(of recording: ArchivedRecording, _ room: String?, _ reader: Reader) async throws -> RecordingSummary {
        let session = try await programme.session(recording.session)
        let hasPoster = recording.state == .ready && FileFacts(recordingFile(recording.id, RecordingFilesAPI.posterName)) != nil
        return RecordingSummary(
            title: session?.title.text(in: reader.languages).text ?? recording.id.description,
            path: "/recordings/\(recording.id)", poster: hasPoster ? RecordingFilesAPI.posterPath(of: recording.id) : nil,
            starts: recording.startedAt, room: room ?? "", speakers: session?.speakers.map(\.words) ?? [],
            length: recording.duration, state: .init(recording, progress: workshop.progress(of: recording.id)))
    }
}

extension SessionSummary {
    init(_ session: Session, phase: SessionPhase?, room: Room?, _ reader: Reader) {
        let title = session.title.text(in: reader.languages)
        self.init(
            title: title.text, titleLanguage: title.language, path: "/sessions/\(session.id)", starts: session.startsAt,
            ends: session.endsAt, roomKey: room?.key ?? "", room: room?.name.text(in: reader.languages).text ?? "",
            format: session.format.rawValue,
            audiences: Audience.allCases.filter(session.audiences.contains).map(\.rawValue), languages: session.languages,
            phase: phase ?? .planned)
    }
}

extension RecordingSummary.State {
    fileprivate init(_ recording: ArchivedRecording, progress: Double?) {
        self =
            switch recording.state {
            case .recording: .recording
            case .finishing: .finishing(progress)
            case .ready: recording.isFaulty ? .faulty : .ready
            case .failed: .failed
            }
    }
}

extension Speaker {
    /// `Name, body`
    var words: String { organisation.isEmpty ? name : "\(name), \(organisation)" }
}
