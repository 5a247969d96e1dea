/// What verification found.
package struct VerificationReport: Hashable, Sendable {
    /// Everything that is not as it was written; empty where all is well.
    package internal(set) var faults: [RecordingFault] = []
    package internal(set) var files = 0
    /// Chunks whose bytes fit index and chain.
    package internal(set) var chunks = 0
    /// Whether derived files were there to be checked as well.
    package internal(set) var isFinished = false
    /// Whether the recording is going on, so that a torn end is none of its faults.
    package internal(set) var isRunning = false

    package var isWhole: Bool { faults.isEmpty }
}
