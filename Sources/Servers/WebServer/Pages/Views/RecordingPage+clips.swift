import Time

extension RecordingPage {
    /// A part of the recording that somebody wanted as a file.
    struct Clip: Hashable, Sendable {
        enum State: Hashable, Sendable {
            /// How much of it is done, from 0 to 1; nil while it waits for its turn.
            case making(Double?)
            case ready(path: String, bytes: Int64)
            /// Why, where that is known.
            case failed(String?)
        }

        let id: String
        let title: String?
        /// From the beginning of the recording.
        let from: Duration
        let until: Duration
        let state: State
    }
}

extension RecordingPage.Clip {
    func fields(in words: Wording) -> Fields {
        let fields: Fields = [
            "clipID": .text(id), "clipName": .text(title ?? words.phrases("recording.clip")),
            "clipPlaces": .text("\(from.place) – \(until.place)"),
        ]
        return fields.merging(progress(words)) { _, own in own }
    }

    private func progress(_ words: Wording) -> Fields {
        switch state {
        case .making(let share):
            let percent = share.map { Int(max(0, min(1, $0)) * 100) }
            return ["isMaking": .flag(true), "clipPercent": .text(percent.map(String.init))]
        case .ready(let path, let bytes):
            return ["clipPath": .text(path), "clipSize": .text(words.size(bytes))]
        case .failed(let note):
            return ["isFailed": .flag(true), "clipNote": .text(note)]
        }
    }
}
