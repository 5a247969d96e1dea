import Access
import Identifiers

extension Hub {
    /// Of the things in a conference those that the asker may see.
    ///
    /// - Throws: the refusal where there is none and the asker may not see such things in the conference at all.
    func visible<Item>(
        _ action: Action, in conference: ConferenceID, to identity: Identity,
        _ items: (ConferenceID) async throws -> [Item], as object: (Item) -> Object
    ) async throws -> [Item] {
        let visible = try await items(conference).filter { allows(identity, action, on: object($0)) }
        if visible.isEmpty { try permit(identity, action, on: .conference(conference)) }
        return visible
    }
}
