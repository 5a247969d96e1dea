package import Programme
package import Recording

extension RecordingChapter {
    /// The chapters of a recording as they stand now: the session by the programme, then what was marked in it.
    package static func chapters(of recording: ArchivedRecording, session: Session?, marks: [Mark]) -> [RecordingChapter] {
        let programme = session.map { session in
            RecordingChapter(
                at: max(session.startsAt, recording.startedAt), title: session.title.text(in: []).text, source: .programme)
        }
        let marked = marks.map { RecordingChapter(at: $0.at, title: $0.title, source: .moderator) }
        return ([programme].compactMap(\.self) + marked).sorted { $0.at < $1.at }
    }
}
