package import Time

/// Sees to it that a call with a key is carried out at most once, across a restart too
/// (draft-ietf-httpapi-idempotency-key-header-07 §2).
///
///     unknown ──begin──▶ begun ──end──▶ answered ──24 h──▶ unknown
///                          │
///                          └──withdraw──▶ unknown         it was refused, and nothing was done
///
/// What ends in neither way, by a failure or with the program, stays begun: nobody knows whether it was carried out.
package struct CallDesk: Sendable {
    /// What is to be done with a call.
    package enum Turn: Hashable, Sendable {
        case carryOut
        case answer(GivenAnswer)
        /// The first one is under way, or was interrupted.
        case underWay
        /// The key names a call that asks something else.
        case differs
    }

    /// How long a call is kept, from its beginning.
    package static let lifetime: Duration = .seconds(86_400)

    private let repository: any CallRepository
    private let clock: any WallClock

    package init(repository: any CallRepository, clock: any WallClock) {
        self.repository = repository
        self.clock = clock
    }

    package func begin(_ call: KeyedCall) async throws -> Turn {
        let now = clock.now()
        let fresh = KeptCall(name: call.name, content: call.content, calledAt: now)
        let limit = now.advanced(by: .zero - Self.lifetime)
        guard let first = try await repository.begin(fresh, forgettingBefore: limit) else { return .carryOut }
        guard first.content == call.content else { return .differs }
        return try first.answer.map { .answer(try call.opened($0)) } ?? .underWay
    }

    package func end(_ call: KeyedCall, _ answer: GivenAnswer) async throws {
        try await repository.keep(answer: try call.sealed(answer), of: call.name)
    }

    package func withdraw(_ call: KeyedCall) async throws {
        try await repository.forgetCall(call.name)
    }
}
