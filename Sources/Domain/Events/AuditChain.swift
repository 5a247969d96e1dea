import Crypto
import Identifiers
package import Time

/// The hash chain of a conference's audit log. Pure: who stores an entry asks for it here, and verification asks again.
///
/// Digests are SHA-256 in hexadecimal. What is hashed is a row of netstrings (`5:hello,`; D. J. Bernstein, 1997), so that no two
/// different rows of fields have the same bytes:
/// - details: salt, text
/// - link: previous link, conference, sequence, instant in microseconds, kind, actor, number of objects, each object, digest of
///   the details
package enum AuditChain {
    /// What the first entry is linked to.
    package static let beginning = String(repeating: "0", count: 64)

    /// The entry that `draft` becomes at its place in the chain, with a fresh salt.
    package static func entry(
        for draft: AuditDraft, sequence: Int64, after previous: String, at instant: UTCInstant
    ) -> AuditEntry {
        let details = AuditDetails(salt: salt(), text: draft.details)
        let unlinked = AuditEntry(
            sequence: sequence, conference: draft.conference, instant: instant, kind: draft.kind, actor: draft.actor,
            objects: draft.objects, detailsDigest: digest(of: details), chain: "", details: details)
        return unlinked.linked(link(unlinked, after: previous))
    }

    package static func digest(of details: AuditDetails) -> String {
        hash([details.salt, details.text])
    }

    /// The chain value of `entry`, from everything in it but its chain value and its details.
    package static func link(_ entry: AuditEntry, after previous: String) -> String {
        hash(
            [
                previous, entry.conference.description, String(entry.sequence), String(entry.instant.microseconds),
                entry.kind.rawValue, entry.actor.id, String(entry.objects.count),
            ] + entry.objects + [entry.detailsDigest])
    }

    /// 128 random bits: who knows a digest cannot try out reasons or names.
    private static func salt() -> String {
        hexadecimal((0..<16).map { _ in UInt8.random(in: .min ... .max) })
    }

    private static func hash(_ fields: [String]) -> String {
        var hasher = SHA256()
        for field in fields { hasher.update(data: Array("\(field.utf8.count):\(field),".utf8)) }
        return hexadecimal(hasher.finalize())
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

extension AuditEntry {
    fileprivate func linked(_ chain: String) -> AuditEntry {
        AuditEntry(
            sequence: sequence, conference: conference, instant: instant, kind: kind, actor: actor, objects: objects,
            detailsDigest: detailsDigest, chain: chain, details: details)
    }
}
