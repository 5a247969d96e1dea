import Events
package import Identifiers
import Logging
import Recording
import Time

extension ArchiveWorkshop {
    /// Has a recording verified as soon as its turn comes.
    ///
    /// - Returns: false where there is no such recording, or it is not ready.
    package func orderVerification(of id: RecordingID) async throws -> Bool {
        guard var recording = try await materials.recordings.recording(id), recording.state == .ready else { return false }
        recording.verificationAskedAt = recording.verificationAskedAt ?? materials.clock.now()
        try await materials.recordings.save(recording)
        wake()
        return true
    }

    /// Checks every byte of a recording against what was written down about it, and keeps the result. What cannot be read is a
    /// fault too.
    ///
    /// - Returns: nil where it is not ready, or something else has become of it meanwhile, or the result could not be kept.
    package func verify(_ known: ArchivedRecording) async throws -> ArchivedRecording? {
        guard known.state == .ready, hands.take(known.id) else { return nil }
        defer { hands.putDown(known.id) }
        let found = await examine(known)
        guard var recording = try await materials.recordings.recording(known.id), recording.state == .ready,
            recording.checksumsDigest == known.checksumsDigest
        else { return nil }
        recording.verification = found
        recording.verificationAskedAt = nil
        let kind: EventKind = found.faults.isEmpty ? .recordingVerified : .recordingFaulty
        if !found.faults.isEmpty {
            materials.logger.error(
                "a recording is damaged", metadata: ["recording": "\(recording.id)", "faults": "\(found.faults)"])
        }
        return await save(recording, kind) ? recording : nil
    }

    private func examine(_ recording: ArchivedRecording) async -> ArchivedRecording.Verification {
        do {
            let report = try await materials.folder(recording.id).verify(
                checksums: recording.checksumsDigest.flatMap(Fingerprint.init), rate: configuration.verificationRate)
            return .init(at: materials.clock.now(), files: report.files, faults: report.faults.map(\.description))
        } catch {
            return .init(at: materials.clock.now(), files: 0, faults: [error.message])
        }
    }
}
