import Files
import Media

/// Reads everything in a folder again and holds it against what was written down of it.
struct RecordingVerification {
    private let recording: RecordingFolder
    private let expected: Fingerprint?
    private let pace: ReadingPace?
    private var report = VerificationReport()

    init(_ recording: RecordingFolder, checksums expected: Fingerprint?, pace: ReadingPace?) {
        self.recording = recording
        self.expected = expected
        self.pace = pace
    }

    mutating func run() throws(RecordingError) -> VerificationReport {
        let names = try filing { () throws(FileError) in try recording.ownNames() }
        guard !names.isEmpty else { throw RecordingError(.noRecording, "There is no recording at \(recording.path).") }
        report.files = names.count
        let manifest = try checkManifest()
        report.isRunning = manifest?.isRunning ?? false
        try checkStretches(against: manifest)
        try checkChecksums(names, manifest)
        return report
    }

    private mutating func checkManifest() throws(RecordingError) -> RecordingManifest? {
        do {
            return try recording.manifest()
        } catch {
            guard error.code != .disk else { throw error }
            note(RecordingFolder.manifestName, error.message)
            return nil
        }
    }

    private mutating func note(_ file: String, _ problem: String, at range: Range<Int64>? = nil) {
        report.faults.append(RecordingFault(file, problem, at: range))
    }
}

// MARK: - The log

extension RecordingVerification {
    private mutating func checkStretches(against manifest: RecordingManifest?) throws(RecordingError) {
        let names = try recording.stretches()
        for name in names {
            let isLast = !names.contains { $0.track == name.track && $0.number > name.number }
            let reading = try read(name, isLast: isLast)
            report.chunks += reading.entries.count
            check(reading, against: manifest)
        }
        let described = manifest?.tracks.flatMap(\.stretches).map(\.file) ?? []
        for file in described where !names.contains(where: { $0.media == file }) {
            note(file, "The manifest describes it, but it is not there.")
        }
    }

    /// Reads a stretch and notes its faults. While the recording goes on, its end may be torn.
    private mutating func read(_ name: StretchName, isLast: Bool) throws(RecordingError) -> StretchReading {
        let extent: StretchReader.Extent = report.isRunning ? .untilFirstFault : .everything
        let reading = try filing { () throws(FileError) in try StretchReader.read(name, of: recording, extent) { pace?.spend($0) }
        }
        let recovery = StretchRecovery(recording: recording, reading: reading, isLast: isLast)
        let isMerelyTorn = report.isRunning && (try? recovery.checkTear()) != nil
        if !isMerelyTorn { report.faults += reading.faults }
        return reading
    }

    private mutating func check(_ reading: StretchReading, against manifest: RecordingManifest?) {
        guard let manifest, let header = reading.header else { return }
        let file = reading.name.media
        if header.recording != manifest.recording { note(reading.name.index, "It belongs to \(header.recording).") }
        guard !report.isRunning, reading.isWhole else { return }
        let described = manifest.tracks.flatMap(\.stretches).first { $0.file == file }
        if described?.chain != reading.chain, described != nil || !reading.entries.isEmpty {
            note(file, "Its last chain value is not the one in the manifest: chunks were added or removed at its end.")
        }
    }
}

// MARK: - The checksums

extension RecordingVerification {
    private mutating func checkChecksums(_ names: [String], _ manifest: RecordingManifest?) throws(RecordingError) {
        let name = RecordingFolder.checksumsName
        guard let bytes = try recording.small(name, atMost: RecordingLimits.checksums) else {
            let isMissing = expected != nil || !(manifest?.products.isEmpty ?? true)
            if isMissing { note(name, "The recording was finished, but it is not there.") }
            return
        }
        report.isFinished = true
        if let expected, Fingerprint(of: bytes) != expected { note(name, "It is not the one that was kept outside the folder.") }
        let list = ChecksumList(bytes)
        for range in list.badLines { note(name, "This is no line as sha256sum writes it.", at: range) }
        try checkSums(list, names)
    }

    private mutating func checkSums(_ list: ChecksumList, _ names: [String]) throws(RecordingError) {
        for (file, sum) in list.sums.sorted(by: { $0.key < $1.key }) where names.contains(file) {
            let found = try filing { () throws(FileError) in try recording.fingerprint(of: file, pace: pace) }
            if found != sum { note(file, "It does not fit its SHA-256 in \(RecordingFolder.checksumsName).") }
        }
        for file in list.sums.keys.sorted() where !names.contains(file) {
            note(file, "\(RecordingFolder.checksumsName) lists it, but it is not there.")
        }
        for file in names where list.sums[file] == nil && file != RecordingFolder.checksumsName {
            note(file, "\(RecordingFolder.checksumsName) does not list it.")
        }
    }
}

extension RecordingFolder {
    /// Recomputes everything that was written down of the folder and names every fault by file and bytes. Changes nothing. Works on
    /// a thread of its own, for about as long as reading the folder twice takes.
    ///
    /// - Parameters:
    ///   - checksums: the SHA-256 of the checksums that `finish` returned; without it, a forger who recomputes everything in the
    ///     folder is not found.
    ///   - rate: bytes that it reads a second at most; nil for as fast as the disk can.
    package func verify(checksums: Fingerprint? = nil, rate: Int? = nil) async throws(RecordingError) -> VerificationReport {
        try await offPool { () throws(RecordingError) in
            var verification = RecordingVerification(self, checksums: checksums, pace: rate.map(ReadingPace.init))
            return try verification.run()
        }
    }
}
