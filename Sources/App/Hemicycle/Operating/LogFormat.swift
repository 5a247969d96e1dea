import Foundation
import Logging

/// How the log is written to the standard error.
package enum LogFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// One object a line, for programs.
    case json

    func logger(_ level: Logger.Level) -> Logger {
        var logger = Logger(label: "hemicycle") { label in
            switch self {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler { try? FileHandle.standardError.write(contentsOf: $0) }
            }
        }
        logger.logLevel = level
        return logger
    }
}
