import Foundation
import Time

/// A recording as a card of the archive.
struct RecordingSummary: Hashable, Sendable {
    let title: String
    /// `/recordings/recording_0198…`
    let path: String
    /// The address of its picture; nil until there is one.
    let poster: String?
    let starts: UTCInstant
    let room: String
    /// Who speaks, each as `Name, body`.
    let speakers: [String]
    /// nil until it is known.
    let length: Duration?
    let state: State

    enum State: Hashable, Sendable {
        case recording
        /// The file is being made: how far, from 0 to 1, where that is known.
        case finishing(Double?)
        case ready
        /// Ready, but verification found a fault.
        case faulty
        case failed
    }

    func fields(in words: Wording) -> Fields {
        [
            "title": .text(title), "path": .text(path), "poster": .text(poster), "start": .text(starts.text),
            "day": .text(words.day(starts)), "clock": .text(words.clock(starts)),
            "zone": .text(words.zoneName(at: starts)), "room": .text(room), "length": .text(length.map(words.length)),
            "state": .text(stateText(words)), "stateCode": .text(stateCode),
            "isReady": .flag(state == .ready || state == .faulty),
            "speakers": .list(speakers.map { .text($0) }), "hasSpeakers": .flag(!speakers.isEmpty),
            "percent": .text(percent.map(String.init)),
        ]
    }

    private var percent: Int? {
        guard case .finishing(let share?) = state, share.isFinite else { return nil }
        return Int((min(max(share, 0), 1) * 100).rounded(.down))
    }

    private var stateCode: String {
        switch state {
        case .recording: "recording"
        case .finishing: "finishing"
        case .ready: "ready"
        case .faulty: "faulty"
        case .failed: "failed"
        }
    }

    private func stateText(_ words: Wording) -> String {
        guard let percent else { return words.phrases("recording.state.\(stateCode)") }
        return words.phrases("recording.finishing-percent", ["percent": words.number(percent)])
    }
}
