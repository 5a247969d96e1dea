import HTTPTypes

/// What the conditions of a request make of the answer (RFC 9110 §13).
enum PreconditionOutcome: Equatable, Sendable {
    case proceed
    /// 304: what the client holds is still good.
    case notModified
    /// 412
    case failed
}

/// The validators of a representation as it stands, against which conditions are held.
struct Validators: Hashable, Sendable {
    let tag: EntityTag
    let modified: HTTPDate

    /// Evaluates in the order of §13.2.2: `If-Match`, `If-Unmodified-Since`, `If-None-Match`, `If-Modified-Since`.
    /// For GET and HEAD.
    func outcome(for headers: HTTPFields) -> PreconditionOutcome {
        if let ifMatch = headers[.ifMatch] {
            guard EntityTagList(ifMatch).contains(tag, by: EntityTag.matchesStrongly) else { return .failed }
        } else if let since = headers[.ifUnmodifiedSince].flatMap(HTTPDate.init(_:)), modified > since {
            return .failed
        }
        if let ifNoneMatch = headers[.ifNoneMatch] {
            return EntityTagList(ifNoneMatch).contains(tag, by: EntityTag.matchesWeakly) ? .notModified : .proceed
        }
        if let since = headers[.ifModifiedSince].flatMap(HTTPDate.init(_:)), modified <= since { return .notModified }
        return .proceed
    }

    /// Whether a `Range` counts (§13.1.5): without `If-Range` it does, with another validator the whole is sent.
    ///
    /// A date must be exact, and a file that changed within its last second has no strong date: the tag is what clients hold.
    func rangeCounts(for headers: HTTPFields) -> Bool {
        guard let condition = headers[.ifRange] else { return true }
        if let tag = EntityTag(condition[...]) { return self.tag.matchesStrongly(tag) }
        return HTTPDate(condition) == modified
    }
}
