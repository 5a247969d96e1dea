import Events
import Logging

/// Has what happens in the rooms stored and told, in order, without holding up those who report it: a disk that is slow must not
/// stop the clock of every room.
final class Herald: Sendable {
    /// Events that may wait for the disk; further ones are lost, with an error in the log.
    static let capacity = 1000

    private let ledger: RoomLedger
    private let drafts: AsyncStream<EventDraft>
    private let inlet: AsyncStream<EventDraft>.Continuation

    init(_ ledger: RoomLedger) {
        self.ledger = ledger
        (drafts, inlet) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.capacity))
    }

    /// Returns at once.
    func tell(_ draft: EventDraft) {
        guard case .dropped = inlet.yield(draft) else { return }
        ledger.logger.error("an event is lost: too many wait to be stored", metadata: ["kind": "\(draft.kind.rawValue)"])
    }

    /// Until `finish`, and everything reported is told; or until the task is cancelled.
    func run() async {
        for await draft in drafts { await ledger.tell(draft) }
    }

    func finish() { inlet.finish() }
}
