import Files
import Media

/// Cuts the torn end off one stretch, if it is one.
struct StretchRecovery {
    let recording: RecordingFolder
    let reading: StretchReading
    /// Whether it is the last of its track: no other can be torn.
    let isLast: Bool

    var mediaBehind: Int64 { reading.mediaLength - reading.validMedia }
    var indexBehind: Int64 { reading.indexLength - reading.validIndex }
    var isTorn: Bool { mediaBehind > 0 || indexBehind > 0 }

    /// What a writer that kept the rule of syncing can have left unsynced.
    private static let tornMedia = Int64(RecordingLimits.unsyncedBytes + RecordingLimits.chunk)
    private static let tornLines = RecordingLimits.unsyncedLines + 1

    /// - Returns: whether the stretch holds something and stays.
    /// - Throws: `.damaged` where a crash cannot explain what stands there; nothing was changed then.
    func checkTear() throws(RecordingError) -> Bool {
        guard isTorn || reading.header == nil else { return true }
        guard reading.header != nil else {
            let isBeginning = isLast && reading.linesBehind <= 1 && reading.mediaLength <= RecordingLimits.initialisation
            return isBeginning ? false : try refuse()
        }
        let isShort = mediaBehind <= Self.tornMedia && reading.linesBehind <= Self.tornLines
        return isLast && isShort ? true : try refuse()
    }

    private func refuse() throws(RecordingError) -> Bool {
        let fault = reading.faults.first.map(\.description) ?? "\(reading.name.text): \(mediaBehind) bytes are not described."
        throw RecordingError(
            .damaged,
            "\(fault) That is more than a crash can explain, so nothing was changed. "
                + "`hemicycle recording verify` lists every fault; restore the folder from a copy, or record into a new one.")
    }

    /// Cuts both files to their last valid byte.
    func cut() throws(FileError) {
        guard isTorn else { return }
        for (name, length) in [(reading.name.media, reading.validMedia), (reading.name.index, reading.validIndex)] {
            let file = try AppendOnlyFile(extending: recording.path.appending(name))
            try file.truncate(to: length)
            try file.synchronize()
        }
    }

    /// Removes a stretch that was being begun.
    func remove() throws(FileError) {
        try recording.folder.remove(reading.name.index)
        try recording.folder.remove(reading.name.media)
        try recording.folder.synchronize()
    }
}
