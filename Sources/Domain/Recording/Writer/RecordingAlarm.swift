import Files

/// What an operator has to know at once of a recording that is going on.
package enum RecordingAlarm: String, Codable, CaseIterable, Hashable, Sendable {
    /// The disk is too slow: media is being left out.
    case overrun
    case diskFull = "disk-full"
    /// The disk refuses to write or to sync.
    case diskFailing = "disk-failing"
    /// Less is free than `RecordingWriter.Configuration.minimumFreeBytes`.
    case spaceLow = "space-low"

    init(_ error: FileError) {
        self = error.code == .noSpace ? .diskFull : .diskFailing
    }
}
