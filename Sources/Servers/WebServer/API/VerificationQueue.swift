import Identifiers
package import Logging
package import Rooms
import ServiceLifecycle
import Synchronization

/// Checks the recordings that archivists have asked about, one after the other: each reads gigabytes.
package final class VerificationQueue: Service {
    /// Recordings that may wait; more are not taken, since whoever asks sees that theirs is not verified and asks again.
    static let maximumWaiting = 100

    private let studio: RecordingStudio
    private let logger: Logger
    private let waiting = Mutex<Set<RecordingID>>([])
    private let orders: AsyncStream<RecordingID>
    private let inlet: AsyncStream<RecordingID>.Continuation

    package init(studio: RecordingStudio, logger: Logger) {
        self.studio = studio
        self.logger = logger
        (orders, inlet) = AsyncStream.makeStream()
    }

    /// A recording that waits already is not checked twice.
    ///
    /// - Returns: false where too many wait.
    func order(_ recording: RecordingID) -> Bool {
        let isNew = waiting.withLock { waiting -> Bool? in
            if waiting.contains(recording) { return false }
            guard waiting.count < Self.maximumWaiting else { return nil }
            waiting.insert(recording)
            return true
        }
        if isNew == true { inlet.yield(recording) }
        return isNew != nil
    }

    package func run() async {
        await withGracefulShutdownHandler {
            for await recording in orders where !Task.isShuttingDownGracefully { await verify(recording) }
        } onGracefulShutdown: {
            self.inlet.finish()
        }
    }

    private func verify(_ recording: RecordingID) async {
        defer { waiting.withLock { _ = $0.remove(recording) } }
        do {
            _ = try await studio.verify(recording)
        } catch {
            logger.error("A recording could not be verified.", metadata: ["recording": "\(recording)", "error": "\(error)"])
        }
    }
}
