import Events
package import Identifiers
import Logging
import Programme
import Recording
import Time

extension ArchiveWorkshop {
    /// Percent of the work between two events that tell of it.
    private static let step = 10
    /// Work that is quicker is told at its end alone.
    private static let quick: Duration = .seconds(10)

    /// Has the files of a recording made anew as soon as its turn comes.
    ///
    /// - Returns: false where there is no such recording, or it is still being recorded, or somebody works on it.
    package func orderFinishing(of id: RecordingID) async throws -> Bool {
        guard hands.take(id) else { return false }
        defer { hands.putDown(id) }
        guard var recording = try await materials.recordings.recording(id), recording.state != .recording else { return false }
        if recording.state == .failed { recording.note = nil }
        recording.state = .finishing
        try await materials.recordings.save(recording)
        wake()
        return true
    }

    /// Makes the files of a recording that is in hand, and puts it down.
    func finish(_ candidate: ArchivedRecording) async -> Bool {
        defer { hands.putDown(candidate.id) }
        // Its session may have gone on with it, and come to its end, since it was chosen.
        guard let recording = try? await materials.recordings.recording(candidate.id), recording.state == .finishing else {
            return true
        }
        try? await tell(.recordingFinishing, recording, percent: 0)
        var outcome = recording
        do {
            let chapters = try await chapters(of: recording)
            let finished = try await make(recording, chapters)
            outcome.take(finished, chapters: chapters, at: materials.clock.now())
        } catch {
            (outcome.state, outcome.note) = (.failed, "\(error)")
            materials.logger.error(
                "a recording could not be finished", metadata: ["recording": "\(recording.id)", "error": "\(error)"])
        }
        note(nil, of: recording.id)
        return await save(outcome, outcome.state == .ready ? .recordingReady : .recordingFailed)
    }

    private func chapters(of recording: ArchivedRecording) async throws -> [RecordingChapter] {
        RecordingChapter.chapters(
            of: recording, session: try await materials.programme.session(recording.session),
            marks: try await materials.recordings.marks(of: recording.session))
    }

    private func make(_ recording: ArchivedRecording, _ chapters: [RecordingChapter]) async throws -> FinishedRecording {
        let (steps, inlet) = AsyncStream.makeStream(of: Double.self, bufferingPolicy: .bufferingNewest(1))
        note(0, of: recording.id)
        async let telling: Void = tell(steps, of: recording)
        let result: Result<FinishedRecording, any Error>
        do {
            result = .success(
                try await materials.folder(recording.id).finish(at: materials.clock.now(), chapters: chapters) { done in
                    self.note(done, of: recording.id)
                    inlet.yield(done)
                })
        } catch {
            result = .failure(error)
        }
        inlet.finish()
        await telling
        return try result.get()
    }

    private func tell(_ steps: AsyncStream<Double>, of recording: ArchivedRecording) async {
        var told = 0
        var last = ContinuousClock.now
        for await done in steps {
            let percent = Int(done * 100)
            guard percent >= told + Self.step, percent < 100, .now - last >= Self.quick else { continue }
            (told, last) = (percent, .now)
            try? await tell(.recordingFinishing, recording, percent: percent)
        }
    }
}

extension ArchivedRecording {
    /// What finishing has made of it.
    fileprivate mutating func take(_ finished: FinishedRecording, chapters: [RecordingChapter], at now: UTCInstant) {
        state = .ready
        endedAt = endedAt ?? now
        duration = finished.duration
        files = finished.files.map { RecordingFile($0) }
        self.chapters = chapters
        gaps = finished.gaps.prefix(Self.maximumGaps).map { gap in
            RecordingGap(
                at: gap.from.instant, seconds: gap.to.instant.since(gap.from.instant).inSeconds, cause: .init(gap.cause))
        }
        checksumsDigest = finished.checksums.text
        (verification, verificationAskedAt) = (nil, nil)
        note = finished.report.wasInterrupted ? finished.report.text : note
    }
}

extension RecordingGap.Cause {
    fileprivate init(_ cause: GapCause) {
        switch cause {
        case .source: self = .source
        case .paused: self = .paused
        case .restart, .overrun, .disk, .refused: self = .loss
        }
    }
}
