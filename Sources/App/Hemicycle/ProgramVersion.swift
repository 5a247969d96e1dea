import Time

/// The version of the program, as `CHANGELOG.md` counts.
package enum ProgramVersion {
    package static let text = "0.1.0"
    /// A clock that stands before this is wrong.
    static let madeAfter = UTCInstant(microseconds: 1_700_000_000_000_000)
}
