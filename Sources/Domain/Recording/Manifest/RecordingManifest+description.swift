import Media
import Time

/// How the manifest follows what is written.
extension RecordingManifest {
    mutating func beginRun(at instant: UTCInstant) {
        runs.append(Run(began: ExactInstant(instant)))
    }

    /// Ends the run that is going on; nothing changes where none is.
    mutating func endRun(_ ending: RecordingEnding, at instant: UTCInstant) {
        guard let last = runs.indices.last, runs[last].ended == nil else { return }
        runs[last].ended = ExactInstant(instant)
        runs[last].ending = ending
    }

    /// How far the wall clock is ahead of the time line, as written down last.
    var ahead: Duration { .microseconds(clock?.last?.ahead ?? 0) }

    mutating func noteClock(ahead: Duration, from instant: UTCInstant) {
        let readings = clock ?? []
        guard readings.count < RecordingLimits.clockReadings else { return }
        clock = readings + [ClockReading(from: ExactInstant(instant), ahead: ahead.microseconds)]
    }

    var isRunning: Bool { runs.last.map { $0.ended == nil } ?? false }

    mutating func add(_ gap: Gap, to kind: TrackKind) {
        let place = place(of: kind)
        if tracks[place].gaps.count < RecordingLimits.gaps {
            tracks[place].gaps.append(gap)
        } else {
            tracks[place].gapsLeftOut += 1
        }
    }

    /// Writes down what a stretch holds now, in place of what was said of it before.
    mutating func describe(_ stretch: Stretch, of kind: TrackKind) {
        let place = place(of: kind)
        if let known = tracks[place].stretches.firstIndex(where: { $0.file == stretch.file }) {
            tracks[place].stretches[known] = stretch
        } else {
            tracks[place].stretches.append(stretch)
        }
    }

    mutating func describe(_ file: StretchFile) {
        guard let from = file.from, let to = file.end else { return }
        let stretch = Stretch(
            file: file.header.name.media, coding: file.header.coding, initialisation: file.header.length,
            chunks: file.chunks, bytes: file.bytes, from: exact(from), to: exact(to), chain: file.chain)
        describe(stretch, of: file.header.name.track)
    }

    /// Writes down all that was read, in place of all that was said of stretches and gaps before.
    mutating func describe(_ readings: [StretchReading]) {
        tracks = []
        var ends: [TrackKind: MediaTime] = [:]
        for reading in readings {
            guard let header = reading.header, let chain = reading.chain else { continue }
            describeGaps(of: reading, after: &ends[reading.name.track])
            guard let first = reading.entries.first, let last = reading.entries.last else { continue }
            let stretch = Stretch(
                file: header.name.media, coding: header.coding, initialisation: header.length,
                chunks: reading.entries.count, bytes: reading.validMedia, from: exact(first.time), to: exact(last.end),
                chain: chain)
            describe(stretch, of: header.name.track)
        }
    }

    private mutating func describeGaps(of reading: StretchReading, after end: inout MediaTime?) {
        for entry in reading.entries {
            if let cause = entry.gap, let end {
                add(Gap(from: exact(end), to: exact(entry.time), cause: cause), to: reading.name.track)
            }
            end = entry.end
        }
    }

    func exact(_ time: MediaTime) -> ExactInstant {
        ExactInstant(origin.instant.advanced(by: time.duration))
    }

    private mutating func place(of kind: TrackKind) -> Int {
        if let place = tracks.firstIndex(where: { $0.track == kind }) { return place }
        let place = tracks.firstIndex { $0.track.rawValue > kind.rawValue } ?? tracks.endIndex
        tracks.insert(Track(track: kind), at: place)
        return place
    }
}
