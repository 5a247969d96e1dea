package import Access
package import Identifiers
package import Time

/// Who signs in: one mail address.
package struct Person: Hashable, Sendable {
    package let id: PersonID
    package let mail: MailAddress
    package let name: String

    package init(id: PersonID, mail: MailAddress, name: String) {
        self.id = id
        self.mail = mail
        self.name = name
    }
}

/// A person in one conference.
package struct Participant: Hashable, Sendable {
    package let id: ParticipantID
    package let person: PersonID
    package let conference: ConferenceID
    /// As it is shown in this conference.
    package let name: String
    package let mail: MailAddress
    /// The parliament or organisation that they come from.
    package let organisation: String
    package let capacity: Capacity
    /// To which they belong: those that the secretariat marks, and whichever their capacity says.
    package let audiences: Set<Audience>
    package let grants: [GrantInPlace]
    package let revokedAt: UTCInstant?

    package init(
        id: ParticipantID, person: PersonID, conference: ConferenceID, name: String, mail: MailAddress,
        organisation: String, capacity: Capacity, audiences: Set<Audience> = [], grants: [GrantInPlace],
        revokedAt: UTCInstant? = nil
    ) {
        self.id = id
        self.person = person
        self.conference = conference
        self.name = name
        self.mail = mail
        self.organisation = organisation
        self.capacity = capacity
        self.audiences = audiences.union(capacity.audiences)
        self.grants = grants
        self.revokedAt = revokedAt
    }

    /// As access sees it.
    package var participation: Participation {
        Participation(participant: id, conference: conference, grants: grants, audiences: audiences)
    }
}

/// In which a participant attends.
package enum Capacity: String, CaseIterable, Codable, Hashable, Sendable {
    case headOfDelegation = "head-of-delegation"
    case member
    case adviser
    case staff
    case observer
    case expert
    case secretariat
    case interpreter
    case press

    /// Members of parliament are an audience of their own.
    var audiences: Set<Audience> { self == .member || self == .headOfDelegation ? [.members] : [] }
}

/// An address of the form `local@domain`, in lower case, at most 254 bytes (RFC 5321 §4.5.3.1.3). It prints as redacted.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    package let text: String

    /// Nil where `text` is no address that mail could be sent to.
    package init?(_ text: String) {
        let folded = text.lowercased()
        let parts = folded.split(separator: "@", omittingEmptySubsequences: false)
        guard folded.utf8.count <= 254, folded.unicodeScalars.allSatisfy(Self.isFit), parts.count == 2,
            (1...64).contains(parts[0].utf8.count), Self.isDomain(parts[1])
        else { return nil }
        self.text = folded
    }

    /// At least two labels, none of them empty.
    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
    }

    /// Neither space, nor control or format character, nor what has a meaning of its own in a header (RFC 5322 §3.2.3).
    private static func isFit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned: false
        default: !"<>,;:\"()[]\\".unicodeScalars.contains(scalar)
        }
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { "‹redacted›" }
}
