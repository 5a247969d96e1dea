import Testing

/// Waits until something that another task does has come about; fails after ten seconds.
func eventually(_ condition: @Sendable () async throws -> Bool) async throws {
    for _ in 0..<2000 {
        if try await condition() { return }
        try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("it did not come about in ten seconds")
}
