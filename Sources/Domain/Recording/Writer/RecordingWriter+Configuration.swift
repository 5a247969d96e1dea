extension RecordingWriter {
    package struct Configuration: Hashable, Sendable {
        /// How much media a power cut may cost. Each sync makes the disk work; 1 s is what disks bear without being heard.
        package var syncInterval: Duration
        /// Bytes that may wait for the disk: about 30 s of a session at 8 Mbit/s. More is left out.
        package var queueBytes: Int
        /// Bytes below which the state raises `.spaceLow`: about 2 h of a session at 8 Mbit/s.
        package var minimumFreeBytes: Int64

        package init(
            syncInterval: Duration = .seconds(1), queueBytes: Int = 32 << 20, minimumFreeBytes: Int64 = 8 << 30
        ) {
            self.syncInterval = syncInterval
            self.queueBytes = queueBytes
            self.minimumFreeBytes = minimumFreeBytes
        }
    }
}
