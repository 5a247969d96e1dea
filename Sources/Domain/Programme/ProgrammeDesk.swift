package import Events
import Foundation
import Identifiers
package import Time

/// Where the programme of a conference is read and written as a whole: pages, API and command line alike.
package struct ProgrammeDesk: Sendable {
    private let repository: any ProgrammeRepository
    private let audit: AuditLog
    private let clock: any WallClock

    package init(repository: any ProgrammeRepository, audit: AuditLog, clock: any WallClock) {
        self.repository = repository
        self.audit = audit
        self.clock = clock
    }

    /// The plan of a conference as it is published, and the number of that version; 0 while none is.
    package func plan(of conference: Conference) async throws -> (plan: ProgrammePlan, version: Int) {
        let version = try await repository.publishedVersion(in: conference.id)?.number ?? 0
        let rooms = try await repository.rooms(in: conference.id)
        let sessions = try await repository.sessions(in: conference.id)
        return (ProgrammePlan(conference, rooms: rooms, sessions: sessions), version)
    }

    /// What would change if this plan were applied.
    package func changes(by plan: ProgrammePlan) async throws -> [PlanChange] {
        guard let conference = try await repository.conference(slug: plan.slug) else { return plan.changes(from: nil) }
        return plan.changes(from: try await self.plan(of: conference).plan)
    }

    /// Publishes the plan as the conference's next version; a conference that there is not yet is made.
    ///
    /// - Parameter draft: the number of the draft that it is; nil for a new version.
    /// - Parameter version: the version that the plan was written against; nil for whichever stands.
    /// - Returns: nil where another version stands by now, and nothing is changed.
    package func apply(
        _ plan: ProgrammePlan, after version: Int? = nil, draft: Int? = nil, by actor: AuditActor
    ) async throws -> ProgrammeVersion? {
        let standing = try await repository.conference(slug: plan.slug)
        let conference = Conference(id: standing?.id ?? ConferenceID(at: clock.now()), plan)
        let rooms = plan.rooms(in: conference.id, known: try await repository.rooms(in: conference.id), at: clock.now())
        let ids = try await repository.sessionKeys(in: conference.id)
        let sessions = plan.sessions(in: conference.id, rooms: rooms, known: ids, at: clock.now())
        let published = try await repository.publish(
            conference, rooms: rooms, sessions: sessions, after: version, draft: draft)
        if let published {
            try await audit.append(
                AuditDraft(
                    .programmePublished, conference: conference.id, actor: actor, objects: [conference.id.description],
                    details: Facts.text(VersionFacts(version: published.number))))
        }
        return published
    }
}

// MARK: - Drafts

extension ProgrammeDesk {
    package func versions(of conference: Conference) async throws -> [ProgrammeVersion] {
        try await repository.versions(in: conference.id)
    }

    /// Keeps the plan as the next version of its conference, to be published later; nil where there is no such conference.
    package func keep(_ plan: ProgrammePlan) async throws -> ProgrammeVersion? {
        guard let conference = try await repository.conference(slug: plan.slug) else { return nil }
        return try await repository.addDraft(try plan.yaml(), in: conference.id)
    }

    /// Nil where there is no draft of this number.
    package func draft(_ number: Int, of conference: Conference) async throws -> ProgrammePlan? {
        try await repository.draft(number, in: conference.id).map { try ProgrammePlan(yaml: $0) }
    }

    /// Publishes a draft under its number.
    ///
    /// - Returns: nil where a newer version than the draft is published: what the draft says is older than what stands.
    package func publish(
        _ draft: ProgrammePlan, number: Int, of conference: Conference, by actor: AuditActor
    ) async throws -> ProgrammeVersion? {
        let standing = try await repository.publishedVersion(in: conference.id)?.number ?? 0
        guard standing < number else { return nil }
        return try await apply(draft, after: standing, draft: number, by: actor)
    }
}

private struct VersionFacts: Encodable {
    let version: Int
}

extension Conference {
    fileprivate init(id: ConferenceID, _ plan: ProgrammePlan) {
        self.init(
            id: id, slug: plan.slug, title: plan.title, timeZone: plan.zone.identifier, startsAt: plan.startsAt,
            endsAt: plan.endsAt)
    }
}

extension ProgrammePlan {
    /// Those of the plan in its order, then those that it leaves out: stream keys and recordings hang on them.
    fileprivate func rooms(in conference: ConferenceID, known: [Programme.Room], at now: UTCInstant) -> [Programme.Room] {
        let ids = Dictionary(known.map { ($0.key, $0.id) }) { first, _ in first }
        let planned = rooms.map {
            Programme.Room(id: ids[$0.key] ?? RoomID(at: now), conference: conference, key: $0.key, name: $0.name)
        }
        let kept = Set(planned.map(\.id))
        return planned + known.filter { !kept.contains($0.id) }
    }

    /// A session keeps its id by its key, also where an earlier version had it and the last had not.
    fileprivate func sessions(
        in conference: ConferenceID, rooms: [Programme.Room], known: [String: SessionID], at now: UTCInstant
    ) -> [Programme.Session] {
        let places = Dictionary(rooms.map { ($0.key, $0.id) }) { first, _ in first }
        return sessions.compactMap { session in
            guard let room = places[session.room] else { return nil }
            return Programme.Session(
                id: known[session.key] ?? SessionID(at: now), conference: conference, room: room, key: session.key,
                title: session.title, abstract: session.abstract, speakers: session.speakers, format: session.format,
                audiences: session.audiences, letsOthersWatch: session.letsOthersWatch, languages: session.languages,
                startsAt: session.startsAt,
                endsAt: session.endsAt, isRecorded: session.isRecorded)
        }
    }
}
