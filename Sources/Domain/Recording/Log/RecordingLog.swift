import Files
import Identifiers
import Media
import Time

/// A recording that is being written, without a queue: each call does its work on the disk before it returns.
///
/// The folder is locked until the run ends. It never throws for media: what cannot be kept becomes a gap and an alarm.
struct RecordingLog {
    let recording: RecordingFolder
    /// nil once the run has ended: the folder is somebody else's then.
    private var lock: AdvisoryLock?
    private(set) var manifest: RecordingManifest
    private var isManifestWritten = true
    private var tracks: [TrackKind: TrackLog]
    private(set) var alarms: Set<RecordingAlarm> = []
    /// Bytes of stretches that are no longer written.
    private var closedBytes: Int64 = 0
    private(set) var chunks = 0
    private(set) var leftOut = 0
    /// In all tracks.
    private(set) var gaps: Int

    init(_ recording: RecordingFolder, lock: AdvisoryLock, _ manifest: RecordingManifest, tracks: [TrackLog]) {
        self.recording = recording
        self.lock = lock
        self.manifest = manifest
        self.tracks = Dictionary(tracks.map { ($0.kind, $0) }) { $1 }
        chunks = manifest.tracks.flatMap(\.stretches).reduce(0) { $0 + $1.chunks }
        gaps = manifest.tracks.reduce(0) { $0 + $1.gaps.count + $1.gapsLeftOut }
        closedBytes = manifest.tracks.flatMap { $0.stretches.dropLast() }.reduce(0) { $0 + $1.bytes }
    }

    var bytesOnDisk: Int64 {
        tracks.values.compactMap(\.stretch?.bytesOnDisk).reduce(closedBytes, +)
    }

    var isOpen: Bool { lock != nil }

    var isSynced: Bool {
        isManifestWritten && tracks.values.allSatisfy { $0.stretch?.isSynced ?? true }
    }

    /// From the first frame of any track to the end of the last.
    var duration: Duration {
        let stretches = manifest.tracks.flatMap(\.stretches)
        let ends = stretches.map(\.to.instant) + tracks.values.compactMap { $0.end.map { instant(of: $0) } }
        guard let from = stretches.map(\.from.instant).min(), let to = ends.max() else { return .zero }
        return to.since(from)
    }

    func instant(of time: MediaTime) -> UTCInstant {
        manifest.origin.instant.advanced(by: time.duration)
    }

    /// - Returns: where it is, if it is a chunk that was kept.
    mutating func take(_ output: ChunkerOutput) -> KeptChunk? {
        switch output {
        case .initialisation(let initialisation):
            tracks[initialisation.format.kind, default: TrackLog(initialisation.format.kind)].take(initialisation)
            return nil
        case .chunk(let chunk):
            return take(chunk)
        }
    }

    /// Chunks of this track were left out before they came here.
    mutating func noteMissing(_ kind: TrackKind, _ cause: GapCause, count: Int) {
        tracks[kind, default: TrackLog(kind)].noteMissing(cause)
        if cause != .paused { leftOut += count }
    }

    /// The wall clock was set: so far ahead of the time line it stands from this instant of the line on.
    mutating func noteClock(ahead: Duration, from instant: UTCInstant) {
        guard isOpen else { return }
        manifest.noteClock(ahead: ahead, from: instant)
        isManifestWritten = false
    }

    private mutating func take(_ chunk: Chunk) -> KeptChunk? {
        var chunk = chunk
        chunk.instant = chunk.instant.advanced(by: manifest.ahead)
        var track = tracks[chunk.kind] ?? TrackLog(chunk.kind)
        defer { tracks[chunk.kind] = track }
        let before = track.stretch
        do {
            let outcome = try track.append(chunk, in: recording, of: manifest.recording)
            note(outcome, of: chunk)
            if let stretch = track.stretch, stretch !== before { note(stretch, closing: before) }
            return outcome == .leftOut ? nil : track.stretch.map { $0.last(chunk) }
        } catch {
            leftOut += 1
            alarms.insert(RecordingAlarm(error))
            return nil
        }
    }

    private mutating func note(_ outcome: TrackLog.Outcome, of chunk: Chunk) {
        switch outcome {
        case .kept:
            chunks += 1
        case .keptBehindGap(let from, let to, let cause):
            chunks += 1
            let gap = RecordingManifest.Gap(from: manifest.exact(from), to: manifest.exact(to), cause: cause)
            manifest.add(gap, to: chunk.kind)
            gaps += 1
            isManifestWritten = false
        case .leftOut:
            leftOut += 1
        }
    }

    private mutating func note(_ stretch: StretchFile, closing before: StretchFile?) {
        closedBytes += before?.bytesOnDisk ?? 0
        for stretch in [before, stretch].compactMap(\.self) { manifest.describe(stretch) }
        isManifestWritten = false
    }
}

// MARK: - Syncing and ending

extension RecordingLog {
    /// Returns when everything taken is on the disk, as far as the disk lets it be. Alarms of the disk last until it has taken
    /// something again.
    mutating func synchronize() {
        guard isOpen, !isSynced else { return }
        var errors: [FileError] = []
        for track in tracks.values {
            do { try track.stretch?.synchronize() } catch { errors.append(error) }
        }
        do { if !isManifestWritten { try writeManifest() } } catch { errors.append(error) }
        if errors.isEmpty { alarms = [] } else { alarms.formUnion(errors.map(RecordingAlarm.init)) }
    }

    private mutating func writeManifest() throws(FileError) {
        try recording.folder.replace(RecordingFolder.manifestName, with: manifest.bytes)
        isManifestWritten = true
    }

    /// Syncs, writes how the run ended and what the stretches hold, and lets go of the folder. Nothing may be taken afterwards.
    mutating func end(_ ending: RecordingEnding, at instant: UTCInstant) throws(RecordingError) {
        defer { lock = nil }
        synchronize()
        manifest.endRun(ending, at: instant)
        for track in tracks.values {
            if let stretch = track.stretch { manifest.describe(stretch) }
        }
        try filing { () throws(FileError) in
            for track in tracks.values { try track.stretch?.synchronize() }
            try writeManifest()
        }
    }
}
