import Access
import Archive
import Events
import Files
import Identifiers
import Programme
import Registration
import Rooms
import Store
import Streams
import Time

/// Carries out what somebody with a shell on the server asks for; the same beside a running server and without one.
///
/// Each act is on the audit log of its conference before it is done.
package struct Administration: Sendable {
    let hall: Hall

    init(_ hall: Hall) {
        self.hall = hall
    }

    /// Through the running server, or, where none holds the data folder, here.
    package static func carryOut(
        _ request: AdministrationRequest, settings: Settings
    ) async throws -> AdministrationAnswer {
        if let answer = try await ControlSocket.ask(request, in: Path(settings.dataFolder)) { return answer }
        do {
            let hall = try await Hall(settings: settings)
            return await Administration(hall).perform(request)
        } catch {
            return .failed("\(error)")
        }
    }

    package func perform(_ request: AdministrationRequest) async -> AdministrationAnswer {
        do {
            return try await carryOut(request)
        } catch {
            return .failed(Self.words(of: error))
        }
    }

    private func carryOut(_ request: AdministrationRequest) async throws -> AdministrationAnswer {
        switch request {
        case .createStreamKey(let room, let name): try await createStreamKey(room, name)
        case .listStreamKeys: try await listStreamKeys()
        case .revokeStreamKey(let key): try await revoke(key)
        case .createParticipant(let participant): try await create(participant)
        case .importParticipants(let order): try await importParticipants(order)
        case .listParticipants(let conference): try await listParticipants(conference)
        case .revokeParticipant(let participant): try await revoke(participant)
        case .createSignInLink(let mail): try await createSignInLink(mail)
        case .createToken(let conference, let name, let scopes, let days):
            try await createToken(conference, name, Set(scopes), days)
        case .listTokens(let conference): try await listTokens(conference)
        case .revokeToken(let token): try await revoke(token)
        case .compareConference(let yaml): try await compare(yaml)
        case .applyConference(let yaml): try await apply(yaml)
        case .keepDraft(let yaml): try await keepDraft(yaml)
        case .publishDraft(let conference, let number): try await publishDraft(number, conference)
        case .listVersions(let conference): try await listVersions(conference)
        case .exportConference(let conference, let draft): try await export(conference, draft)
        case .listRecordings: try await listRecordings()
        case .recordingSpace: try await space()
        case .setRecordingBudget(let conference, let bytes): try await setBudget(bytes, conference)
        case .retainRecordings(let order): try await retain(order)
        case .verifyRecordings(let recordings): try await verify(recordings)
        }
    }

    private static func words(of error: any Error) -> String {
        switch error {
        case let error as RegistrationError: error.message
        case let error as FileError: error.message
        default: "\(error)"
        }
    }

    func conference(_ slug: String) async throws -> Conference {
        if let conference = try await hall.store.conference(slug: slug) { return conference }
        let known = try await hall.store.conferences().map(\.slug).joined(separator: ", ")
        throw AdministrationError("There is no conference “\(slug)” here. There is: \(known.isEmpty ? "none" : known).")
    }

    func record(
        _ kind: AuditKind, in conference: ConferenceID, _ objects: [String]
    ) async throws {
        try await hall.audit.append(AuditDraft(kind, conference: conference, actor: .commandLine, objects: objects))
    }
}

/// What was asked for cannot be done, in words for whoever asked.
struct AdministrationError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

// MARK: - Stream keys

extension Administration {
    private func createStreamKey(_ room: RoomID, _ name: String) async throws -> AdministrationAnswer {
        guard let known = try await hall.store.room(room) else {
            throw AdministrationError("There is no room \(room). `hemicycle stream-key list` shows the rooms.")
        }
        try await record(.streamKeyCreated, in: known.conference, [room.description])
        let (key, secret) = try await hall.desks.streamKeys.issue(name, for: room)
        return .done("\(key.id)\n\(secret.text)\nThe key is shown this once. In OBS it is the stream key.")
    }

    private func listStreamKeys() async throws -> AdministrationAnswer {
        var lines: [String] = []
        for conference in try await hall.store.conferences() {
            for room in try await hall.store.rooms(in: conference.id) {
                lines.append("\(room.id)  \(conference.slug)  \(room.name.text(in: ["en"]).text)")
                for key in try await hall.desks.streamKeys.keys(in: room.id) {
                    lines.append("  \(key.id)  \(key.revokedAt.map { "revoked \($0)" } ?? "valid")  \(key.name)")
                }
            }
        }
        return .done(lines.isEmpty ? "There is no room yet." : lines.joined(separator: "\n"))
    }

    private func revoke(_ id: StreamKeyID) async throws -> AdministrationAnswer {
        for conference in try await hall.store.conferences() {
            for room in try await hall.store.rooms(in: conference.id) {
                guard try await hall.desks.streamKeys.keys(in: room.id).contains(where: { $0.id == id }) else { continue }
                try await record(.streamKeyRevoked, in: conference.id, [id.description])
                try await hall.desks.streamKeys.revoke(id)
                hall.feeds.end(in: room.id, publishedWith: id, PublishRefusal(.unknownKey, "This stream key was revoked."))
                return .done("\(id) is void.")
            }
        }
        throw AdministrationError("There is no stream key \(id).")
    }
}

// MARK: - Participants

extension Administration {
    private func create(_ new: AdministrationRequest.NewParticipant) async throws -> AdministrationAnswer {
        let conference = try await conference(new.conference)
        guard let mail = MailAddress(new.mail) else {
            throw AdministrationError("“\(new.mail)” is no mail address of the form name@example.org.")
        }
        try await record(.participantCreated, in: conference.id, [])
        let participant = try await hall.desks.participants.register(
            new.name, mail: mail, organisation: new.organisation, as: new.capacity, of: Set(new.audiences),
            in: conference.id,
            grants: new.grants.map { GrantInPlace($0) })
        hall.desks.signIn.forget(participant.person)
        return .done("\(participant.id)\n`hemicycle sign-in-link create \(mail.text)` makes the link to sign in with.")
    }

    private func listParticipants(_ slug: String) async throws -> AdministrationAnswer {
        let participants = try await hall.store.participants(in: conference(slug).id)
        let lines = participants.map { participant in
            let grants = participant.grants.map(\.grant.rawValue).joined(separator: ",")
            let state = participant.revokedAt == nil ? grants : "revoked"
            return "\(participant.id)  \(participant.mail.text)  \(participant.name), \(participant.organisation)  \(state)"
        }
        return .done(lines.isEmpty ? "There is no participant yet." : lines.joined(separator: "\n"))
    }

    private func revoke(_ id: ParticipantID) async throws -> AdministrationAnswer {
        guard let participant = try await hall.store.participant(id) else {
            throw AdministrationError("There is no participant \(id).")
        }
        try await record(.participantRevoked, in: participant.conference, [id.description])
        try await hall.desks.signIn.revoke(id)
        hall.rooms.revoke(id)
        return .done("\(id) has no right any more.")
    }

    private func createSignInLink(_ text: String) async throws -> AdministrationAnswer {
        guard let mail = MailAddress(text), let person = try await hall.store.person(mail: mail) else {
            throw AdministrationError("Nobody is registered with “\(text)”. `hemicycle participant create` registers people.")
        }
        let secret = try await hall.desks.signIn.makeLink(for: person.id)
        return .done(hall.signInAddress(secret) + "\nIt works once, within 20 minutes.")
    }
}

// MARK: - Tokens

extension Administration {
    private func createToken(
        _ slug: String, _ name: String, _ scopes: Set<Scope>, _ days: Int?
    ) async throws -> AdministrationAnswer {
        let conference = try await conference(slug)
        guard days.map({ (1...TokenDesk.longestDays).contains($0) }) ?? true else {
            throw AdministrationError("A token lasts from 1 to \(TokenDesk.longestDays) days.")
        }
        try await record(.tokenCreated, in: conference.id, scopes.map(\.rawValue).sorted())
        let expiresAt = days.map { hall.clock.now().advanced(by: .seconds(86_400 * $0)) }
        let (token, secret) = try await hall.desks.tokens.issue(name, in: conference.id, scopes: scopes, expiresAt: expiresAt)
        return .done("\(token.id)\n\(secret.text)\nThe token is shown this once. Send it as “Authorization: Bearer …”.")
    }

    private func listTokens(_ slug: String) async throws -> AdministrationAnswer {
        let now = hall.clock.now()
        let lines = try await hall.desks.tokens.tokens(in: conference(slug).id).map { token in
            let state = token.revokedAt != nil ? "revoked" : token.isValid(at: now) ? "valid" : "expired"
            let scopes = token.scopes.map(\.rawValue).sorted().joined(separator: ",")
            let use = token.lastUsedAt.map { "last used \($0)" } ?? "never used"
            return "\(token.id)  \(state)  \(scopes)  \(use)  \(token.name)"
        }
        return .done(lines.isEmpty ? "There is no token yet." : lines.joined(separator: "\n"))
    }

    private func revoke(_ id: TokenID) async throws -> AdministrationAnswer {
        for conference in try await hall.store.conferences() {
            guard try await hall.desks.tokens.tokens(in: conference.id).contains(where: { $0.id == id }) else { continue }
            try await record(.tokenRevoked, in: conference.id, [id.description])
            try await hall.desks.tokens.revoke(id)
            return .done("\(id) is void.")
        }
        throw AdministrationError("There is no token \(id).")
    }
}

// MARK: - Recordings

extension Administration {
    private func listRecordings() async throws -> AdministrationAnswer {
        var lines: [String] = []
        for conference in try await hall.store.conferences() {
            for recording in try await hall.store.recordings(in: conference.id) {
                let title = try await hall.store.session(recording.session)?.title.text(in: ["en"]).text ?? ""
                let length = recording.duration.map { " \(Int($0.inSeconds)) s" } ?? ""
                lines.append("\(recording.id)  \(recording.startedAt)  \(recording.state.rawValue)\(length)  \(title)")
            }
        }
        return .done(lines.isEmpty ? "There is no recording yet." : lines.joined(separator: "\n"))
    }

    private func verify(_ named: [RecordingID]) async throws -> AdministrationAnswer {
        var lines: [String] = []
        var isSound = true
        for id in try await named.isEmpty ? readyRecordings() : named {
            guard let known = try await hall.store.recording(id),
                let verification = try await hall.workshop.verify(known)?.verification
            else {
                lines.append("\(id): there is no such recording, or it is not ready.")
                isSound = false
                continue
            }
            isSound = isSound && verification.faults.isEmpty
            lines.append("\(id): \(verification.files) files, \(verification.faults.isEmpty ? "all sound" : "faults found")")
            lines += verification.faults.map { "  - \($0)" }
        }
        let text = lines.isEmpty ? "There is no recording that is ready." : lines.joined(separator: "\n")
        return isSound ? .done(text) : .failed(text)
    }

    private func readyRecordings() async throws -> [RecordingID] {
        var ready: [RecordingID] = []
        for conference in try await hall.store.conferences() {
            ready += try await hall.store.recordings(in: conference.id).filter { $0.state == .ready }.map(\.id)
        }
        return ready
    }
}
