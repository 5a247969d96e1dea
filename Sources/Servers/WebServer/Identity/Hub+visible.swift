import Access
import Identifiers
import Programme

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

    /// - Throws: the refusal where the asker may not do it in any room of the conference.
    func permitSomewhere(_ identity: Identity, _ action: Action, in conference: ConferenceID) async throws {
        _ = try await visible(action, in: conference, to: identity, programme.rooms(in:), as: Object.init)
    }
}
