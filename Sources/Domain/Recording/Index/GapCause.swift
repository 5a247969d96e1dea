/// Why media is missing from a track.
package enum GapCause: String, Codable, CaseIterable, Hashable, Sendable {
    /// Nothing arrived: the publisher was away or jumped in time.
    case source
    /// The program was down, or lost what had not been synced.
    case restart
    /// The disk was too slow.
    case overrun
    /// The disk refused to write.
    case disk
    /// A moderator had paused the recording.
    case paused
    /// What arrived did not fit the log.
    case refused
}
