import Dispatch
package import Time

extension RecordingFolder {
    /// Derives MP4, chapters, pictures and checksums from the log; may be done again at any time. The log is recovered first where
    /// a crash left it torn. Works on a thread of its own, for about as long as reading the folder three times takes.
    ///
    /// - Parameters:
    ///   - chapters: in any order; those outside the recording are left out.
    ///   - progress: told now and then how much is done, from 0 to 1, on that thread.
    /// - Throws: `.busy` while the recording is being written, `.damaged` where the log does not fit its chain, `.media` where FFmpeg
    ///   refuses it.
    package func finish(
        at now: UTCInstant, chapters: [RecordingChapter] = [],
        progress: @escaping @Sendable (Double) -> Void = { _ in }
    ) async throws(RecordingError) -> FinishedRecording {
        try await offPool { () throws(RecordingError) in
            let lock = try lock()
            defer { withExtendedLifetime(lock) {} }
            var finishing = try RecordingFinishing(self, at: now, chapters: chapters, progress: progress)
            return try finishing.run()
        }
    }
}

/// Does work that waits for the disk on a thread where nobody else waits for it.
func offPool<Result: Sendable>(
    _ work: @escaping @Sendable () throws(RecordingError) -> Result
) async throws(RecordingError) -> Result {
    let result = await withCheckedContinuation { continuation in
        DispatchQueue(label: "hemicycle.recording.work", qos: .utility).async {
            continuation.resume(returning: Swift.Result { () throws(RecordingError) in try work() })
        }
    }
    return try result.get()
}
