import Files

/// What an operator has to know at once of a recording that is going on.
package enum RecordingAlarm: String, Codable, CaseIterable, Hashable, Sendable {
    /// What waits for the disk, or for a sync, is more than it should be; nothing is lost yet.
    case diskSlow = "disk-slow"
    /// The disk is too slow: media is being left out.
    case overrun
    case diskFull = "disk-full"
    /// The disk refuses to write or to sync.
    case diskFailing = "disk-failing"
    /// Less is free than `RecordingWriter.Configuration.minimumFreeBytes`.
    case spaceLow = "space-low"
    /// What the programme still has to be recorded will not fit on the disk, or in the conference's budget.
    case spaceShort = "space-short"

    /// Whether media is being lost.
    package var meansLoss: Bool {
        switch self {
        case .overrun, .diskFull, .diskFailing: true
        case .diskSlow, .spaceLow, .spaceShort: false
        }
    }

    init(_ error: FileError) {
        self = error.code == .noSpace ? .diskFull : .diskFailing
    }
}
