import Registration
import Rooms

/// The door of a session, as its moderators have it before them.
struct EntranceInRoom: Hashable, Sendable {
    let entrance: Entrance
    /// In the order in which they came.
    let waiting: [PersonInRoom]

    func fields(in words: Wording) -> Fields {
        [
            "seats": .text(entrance.seats.map { "\($0)" } ?? ""), "hasLobby": .flag(entrance.hasLobby),
            "isLocked": .flag(entrance.isLocked),
            "waiting": .list(of: waiting.map { $0.fields(in: words, .none) }),
            "blankWaiting": .object(PersonInRoom.blank(.none)), "nobodyWaits": .flag(waiting.isEmpty),
            "waitingCount": .text(words.count("entrance.waiting", waiting.count)),
            "rule": .list(of: Capacity.allCases.map { ruleFields($0, words) }),
            "organisations": .text(entrance.passes.organisations.sorted().joined(separator: "\n")),
        ]
    }

    private func ruleFields(_ capacity: Capacity, _ words: Wording) -> Fields {
        [
            "code": .text(capacity.rawValue), "name": .text(words.name(of: "capacity", capacity.rawValue)),
            "passes": .flag(entrance.passes.capacities.contains(capacity)),
        ]
    }
}
