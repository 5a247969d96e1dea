package import Media
import Time

/// What stands where nothing came.
extension FeedChunker {
    /// Lets time pass. What has stopped coming without a word is taken to be interrupted, and gaps stand in for it: on the clock
    /// where no track has anything, else along with the sound.
    ///
    /// - Returns: what is complete with that, as `consume` does.
    package mutating func pass(_ elapsed: Duration) -> [ChunkerOutput] {
        let elapsed = min(elapsed, Absence.longestStep)
        silence += elapsed
        pictureSilence += elapsed
        if silence >= Self.silencePatience, picture.isRunning || sound.isRunning {
            interrupt()
            isStalled = true
        } else if pictureSilence >= Self.silencePatience, sound.isRunning {
            leavePicture()
        }
        tellAbsence(elapsed)
        return takeOutput()
    }

    /// The gaps since the last call. They stand behind what the chunker gave out together with them.
    package mutating func takeGaps() -> [Gap] {
        defer { gaps = [] }
        return gaps
    }

    private mutating func tellAbsence(_ elapsed: Duration) {
        guard !picture.isRunning, !sound.isRunning, let end = [picture.end, sound.end].compactMap(\.self).max() else { return }
        if absence == nil {
            absence = Absence(from: line.instant(of: end), lasting: silence, configuration)
        } else {
            absence?.pass(elapsed)
        }
        let begun = begun
        while let told = absence?.next(begun, in: &segments), let gap = told.first {
            gaps += told
            isBreakDue = true
            picture.miss(gap.segment)
            sound.miss(gap.segment)
        }
    }

    /// The tracks that have a playlist.
    private var begun: [TrackKind] {
        (picture.end == nil ? [] : [.picture]) + (sound.end == nil ? [] : [.sound])
    }

    /// Where the picture has stopped and the sound goes on, the picture's segments are gaps as long as those of the sound, from the
    /// next segment on.
    mutating func missPicture(beside outputs: [ChunkerOutput]) {
        guard !picture.isRunning, picture.end != nil, pictureSilence >= Self.silencePatience else { return }
        for case .chunk(let chunk) in outputs where chunk.kind == .sound {
            if chunk.part == 0 { picture.miss(chunk.segment) }
            guard picture.missed == chunk.segment else { continue }
            gaps.append(
                Gap(kind: .picture, segment: chunk.segment, duration: chunk.duration.duration, instant: chunk.instant))
        }
    }
}
