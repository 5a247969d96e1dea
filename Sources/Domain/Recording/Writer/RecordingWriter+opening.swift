import Dispatch
import Files
import Media
package import Time

extension RecordingWriter {
    /// Begins a recording in a folder that does not exist yet, or is empty.
    ///
    /// - Throws: `.alreadyExists` where it holds something; `resume` goes on with a recording.
    package static func create(
        _ folder: RecordingFolder, _ header: RecordingHeader, configuration: Configuration = Configuration(),
        clock: any WallClock = SystemWallClock()
    ) throws(RecordingError) -> RecordingWriter {
        try create(folder, header, configuration: configuration, clock: clock, disk: diskQueue())
    }

    static func create(
        _ recording: RecordingFolder, _ header: RecordingHeader, configuration: Configuration, clock: any WallClock,
        disk: DispatchQueue
    ) throws(RecordingError) -> RecordingWriter {
        try filing { () throws(FileError) in try recording.folder.createIfMissing() }
        let lock = try recording.lock()
        let names = try filing { () throws(FileError) in
            try recording.folder.removePartials()
            return try recording.folder.names()
        }
        guard names.isEmpty else {
            throw RecordingError(
                .alreadyExists, "The folder \(recording.path) is not empty; a recording begins in one of its own.")
        }
        var manifest = RecordingManifest(header)
        manifest.beginRun(at: clock.now())
        try recording.write(manifest)
        let log = RecordingLog(recording, lock: lock, manifest, tracks: [])
        return RecordingWriter(log, configuration: configuration, clock: clock, disk: disk)
    }

    /// Recovers what a crash left, if one did, and goes on with the recording, also one that was ended or finished. What was
    /// derived from it is removed, since it will no longer be the whole. Works on a thread of its own, for about as long as
    /// reading the folder takes.
    ///
    /// - Throws: `.damaged` where more than a crash has been at the folder. Nothing was changed then.
    package static func resume(
        _ folder: RecordingFolder, configuration: Configuration = Configuration(), clock: any WallClock = SystemWallClock()
    ) async throws(RecordingError) -> (writer: RecordingWriter, report: RecoveryReport) {
        try await offPool { () throws(RecordingError) in try reopen(folder, configuration: configuration, clock: clock) }
    }

    static func reopen(
        _ folder: RecordingFolder, configuration: Configuration = Configuration(), clock: any WallClock = SystemWallClock()
    ) throws(RecordingError) -> (writer: RecordingWriter, report: RecoveryReport) {
        let lock = try folder.lock()
        var recovery = try RecordingRecovery(folder, at: clock.now())
        try recovery.run()
        var manifest = recovery.manifest
        try folder.removeProducts(&manifest)
        manifest.beginRun(at: clock.now())
        try folder.write(manifest)
        var tracks: [TrackLog] = []
        for kind in TrackKind.allCases {
            let readings = recovery.stretches.filter { $0.name.track == kind }
            if let track = try TrackLog(continuing: kind, readings, in: folder) { tracks.append(track) }
        }
        let log = RecordingLog(folder, lock: lock, manifest, tracks: tracks)
        return (RecordingWriter(log, configuration: configuration, clock: clock, disk: diskQueue()), recovery.report)
    }

    private static func diskQueue() -> DispatchQueue {
        DispatchQueue(label: "hemicycle.recording", qos: .utility)
    }
}

extension TrackLog {
    /// The track that goes on after what was read of it; nil where it has nothing.
    fileprivate init?(
        continuing kind: TrackKind, _ readings: [StretchReading], in recording: RecordingFolder
    ) throws(RecordingError) {
        guard let last = readings.last, let header = last.header, let chain = last.chain else { return nil }
        let stretch = try filing { () throws(FileError) in
            try StretchFile(continuing: last, header, chain: chain, in: recording)
        }
        let end = readings.compactMap(\.end).last
        self.init(kind, stretches: header.name.number, last: stretch, end: end)
    }
}

extension RecordingFolder {
    /// Cuts off what a crash left torn and writes into the manifest what was lost; changes nothing in a folder without a tear.
    ///
    /// - Throws: `.damaged` where more than a crash has been at the folder, `.busy` where it is being written. Nothing was
    ///   changed then.
    package func recover(at now: UTCInstant) throws(RecordingError) -> RecoveryReport {
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        var recovery = try RecordingRecovery(self, at: now)
        try recovery.run()
        return recovery.report
    }

    /// Removes everything that was derived from the log, first of all what says that the recording is finished.
    func removeProducts(_ manifest: inout RecordingManifest) throws(RecordingError) {
        try filing { () throws(FileError) in
            try folder.remove(Self.checksumsName)
            try folder.synchronize()
            for name in try folder.names() where Self.productKind(of: name) != nil { try folder.remove(name) }
        }
        manifest.products = []
    }
}
