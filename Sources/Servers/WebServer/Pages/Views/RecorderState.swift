/// How the recording of a running session fares, in words, colour and shape.
struct RecorderState: Hashable, Sendable {
    /// The phrases that `hc-recorder` speaks as well.
    static let spoken = ["recorder.", "size.", "length."]

    /// `waiting`, `recording`, `paused`, `failing`; `off` where nothing is to be recorded now.
    let code: String
    /// Nil, like what follows, while no recording has begun.
    let bytes: Int64?
    let length: Duration?
    /// How much a power cut would take.
    let exposure: Duration?
    let free: Int64?
    let gaps: Int
    /// The codes of the alarms that it raises.
    let alarms: [String]

    func fields(in words: Wording) -> Fields {
        [
            "recorderCode": .text(code), "recorderState": .text(words.name(of: "recorder.state", code)),
            "recorderSize": .text(bytes.map(words.size) ?? "–"), "recorderLength": .text(length.map(words.length) ?? "–"),
            "recorderSync": .text(exposure.map { words.phrases("recorder.exposed", ["length": words.length($0)]) } ?? "–"),
            "recorderGaps": .text(words.count("recorder.gaps", gaps)), "recorderFree": .text(free.map(words.size) ?? "–"),
            "recorderAlarms": .list(alarms.map { .text(words.name(of: "recorder.alarm", $0)) }),
        ]
    }
}
