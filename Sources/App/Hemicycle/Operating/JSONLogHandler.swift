package import Foundation
package import Logging
import Time

/// Writes each entry of the log as one JSON object on one line: instant, level, message, source, and what is known besides.
package struct JSONLogHandler: LogHandler {
    private struct Line: Encodable {
        let instant: String
        let level: String
        let message: String
        let source: String
        let metadata: [String: String]
    }

    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    package var logLevel = Logger.Level.info
    private let write: @Sendable (Data) -> Void

    /// - Parameter write: takes one whole line.
    package init(write: @escaping @Sendable (Data) -> Void) {
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var known = metadata
        for more in [metadataProvider?.get(), event.metadata, event.error.map { ["error": "\($0)"] }] {
            known.merge(more ?? [:]) { $1 }
        }
        let line = Line(
            instant: SystemWallClock().now().text, level: event.level.rawValue, message: event.message.description,
            source: event.source, metadata: known.mapValues(\.description))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if let json = try? encoder.encode(line) { write(json + Data("\n".utf8)) }
    }
}
