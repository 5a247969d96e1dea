import Synchronization

/// A number that any thread raises and lowers, without waiting for another.
final class Tally: Sendable {
    private let value = Atomic<Int>(0)

    var count: Int { value.load(ordering: .relaxed) }

    func add(_ number: Int = 1) {
        value.wrappingAdd(number, ordering: .relaxed)
    }
}
