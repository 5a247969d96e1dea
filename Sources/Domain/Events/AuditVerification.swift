/// What checking a conference's audit log has found.
package struct AuditVerification: Hashable, Sendable {
    /// Entries found sound.
    package let entries: Int64
    /// Sound entries whose details were erased.
    package let erased: Int64
    /// The first that is not sound; what stands after it is not looked at.
    package let fault: AuditFault?

    package var isSound: Bool { fault == nil }
}

package struct AuditFault: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        /// The entry is gone.
        case missing
        /// The entry, or one before it, is not what was written.
        case altered
        /// The entry is sound, its details are not what was written.
        case detailsAltered = "details-altered"
        /// The entry does not read as one.
        case unreadable
    }

    package let sequence: Int64
    package let kind: Kind
}

/// Checks entries in their order; stops at the first fault.
struct AuditVerifier {
    private(set) var checked: Int64 = 0
    private(set) var fault: AuditFault?
    private var erased: Int64 = 0
    private var link = AuditChain.beginning

    var result: AuditVerification { AuditVerification(entries: checked, erased: erased, fault: fault) }

    mutating func check(_ entry: AuditEntry) {
        guard fault == nil else { return }
        if let kind = Self.fault(in: entry, expected: checked + 1, after: link) {
            fault = AuditFault(sequence: checked + 1, kind: kind)
            return
        }
        (checked, link) = (entry.sequence, entry.chain)
        if entry.details == nil { erased += 1 }
    }

    /// The next entry does not read.
    mutating func failed() {
        fault = AuditFault(sequence: checked + 1, kind: .unreadable)
    }

    /// Every entry was seen; `last` is the number that was given last.
    mutating func finish(at last: Int64) {
        guard fault == nil, checked < last else { return }
        fault = AuditFault(sequence: checked + 1, kind: .missing)
    }

    private static func fault(in entry: AuditEntry, expected: Int64, after link: String) -> AuditFault.Kind? {
        guard entry.sequence == expected else { return .missing }
        guard AuditChain.link(entry, after: link) == entry.chain else { return .altered }
        guard let details = entry.details else { return nil }
        return AuditChain.digest(of: details) == entry.detailsDigest ? nil : .detailsAltered
    }
}
