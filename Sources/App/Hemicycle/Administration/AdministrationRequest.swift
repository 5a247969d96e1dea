package import Access
package import Identifiers
package import Registration

/// What somebody with a shell on the server may ask for, in words that travel over the control socket.
package enum AdministrationRequest: Codable, Sendable {
    case createStreamKey(room: RoomID, name: String)
    case listStreamKeys
    case revokeStreamKey(StreamKeyID)
    case createParticipant(NewParticipant)
    case importParticipants(Import)
    case listParticipants(conference: String)
    case revokeParticipant(ParticipantID)
    case createSignInLink(mail: String)
    case createToken(conference: String, name: String, scopes: [Scope], days: Int?)
    case listTokens(conference: String)
    case revokeToken(TokenID)
    case listRecordings
    /// All of them where none is named.
    case verifyRecordings([RecordingID])

    /// What a conference's YAML text would change.
    case compareConference(yaml: String)
    case applyConference(yaml: String)
    case keepDraft(yaml: String)
    case publishDraft(conference: String, number: Int)
    case listVersions(conference: String)
    /// The YAML text of the conference of this address: as it is published, or as a draft has it.
    case exportConference(String, draft: Int?)

    case recordingSpace
    /// Nil for as many bytes as there is room for.
    case setRecordingBudget(conference: String, bytes: Int64?)
    case retainRecordings(Retention)

    /// What of a conference is older than so many days is deleted, or only told.
    package struct Retention: Codable, Sendable {
        package let conference: String
        package let days: Int
        package let isDryRun: Bool
        package let reason: String

        package init(conference: String, days: Int, isDryRun: Bool, reason: String) {
            self.conference = conference
            self.days = days
            self.isDryRun = isDryRun
            self.reason = reason
        }
    }

    /// The CSV text of a file of participants, and whether to register them, those without fault where some have one, or nobody.
    package struct Import: Codable, Sendable {
        package let conference: String
        package let csv: String
        package let isPreview: Bool
        package let isPartial: Bool

        package init(conference: String, csv: String, isPreview: Bool, isPartial: Bool) {
            self.conference = conference
            self.csv = csv
            self.isPreview = isPreview
            self.isPartial = isPartial
        }
    }

    package struct NewParticipant: Codable, Sendable {
        package let conference: String
        package let name: String
        package let mail: String
        package let organisation: String
        package let capacity: Capacity
        package let audiences: [Audience]
        package let grants: [Grant]

        package init(
            conference: String, name: String, mail: String, organisation: String, capacity: Capacity, audiences: [Audience],
            grants: [Grant]
        ) {
            self.conference = conference
            self.name = name
            self.mail = mail
            self.organisation = organisation
            self.capacity = capacity
            self.audiences = audiences
            self.grants = grants
        }
    }
}

/// What the command line prints, and whether it went well.
package struct AdministrationAnswer: Codable, Sendable {
    package let text: String
    package let succeeded: Bool

    package static func done(_ text: String) -> AdministrationAnswer { AdministrationAnswer(text: text, succeeded: true) }
    package static func failed(_ text: String) -> AdministrationAnswer { AdministrationAnswer(text: text, succeeded: false) }
}
