import Discussion
import NIOCore

/// What a stream of events says at a pulse: how many are present where that has changed, a comment where it was silent for long.
struct EventTeller {
    private let pulsesOfGrace: Int
    private let silentPulses: Int
    private var refusals = 0
    private var silence = 0
    private var told: PresenceTold?

    init(_ configuration: EventStream.Configuration) {
        pulsesOfGrace = configuration.pulsesOfGrace
        let pulses = configuration.longestSilence / configuration.pulse
        silentPulses = pulses.isFinite ? max(1, Int(min(pulses, 1000))) : 1
    }

    /// Something was written.
    mutating func spoke() { silence = 0 }

    /// False where the reader has been without the right for as long as is granted.
    mutating func pulse(mayFollow: Bool) -> Bool {
        silence += 1
        refusals = mayFollow ? 0 : refusals + 1
        return refusals < pulsesOfGrace
    }

    /// Nil where there is nothing to say.
    mutating func words(_ presence: PresenceTold?) -> ByteBuffer? {
        if let presence, presence != told, refusals == 0 {
            told = presence
            silence = 0
            return EventText.passing("presence", data: presence.data)
        }
        guard silence >= silentPulses else { return nil }
        silence = 0
        return EventText.comment
    }
}

/// How many are in a session; for those who conduct it also how many wait for it.
struct PresenceTold: Hashable, Sendable {
    let present: Int
    let waiting: Int?

    fileprivate var data: String {
        let waiting = waiting.map { ",\"waiting\":\($0)" } ?? ""
        return "{\"present\":\(present)\(waiting)}"
    }
}

extension Tallies.Change {
    /// The ids are our own, and need no escaping.
    var data: String {
        "{\"counts\":{\(counts.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ","))}}"
    }
}
