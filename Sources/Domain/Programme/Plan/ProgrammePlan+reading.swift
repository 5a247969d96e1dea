import Access
import Foundation
import Time
import Yams

extension ProgrammePlan {
    static let mostRooms = 100
    static let mostSessions = 2000
    static let longestSession: Duration = .seconds(24 * 3600)

    /// Reads a plan's YAML text.
    ///
    /// - Throws: every fault, with its line and field.
    package init(yaml text: String) throws(PlanError) {
        let reader = PlanReader()
        let plan = reader.plan(PlanPlace(node: try PlanText.root(of: text), field: ""))
        guard let plan, reader.faults.isEmpty else { throw PlanError(reader.faults) }
        self = plan
    }
}

extension PlanReader {
    private static let conferenceFields = ["conference", "title", "time-zone", "starts", "ends", "rooms", "sessions"]
    private static let sessionFields = [
        "key", "room", "title", "abstract", "speakers", "format", "audiences", "others-watch", "languages", "starts", "ends",
        "recorded",
    ]

    fileprivate func plan(_ place: PlanPlace) -> ProgrammePlan? {
        guard let fields = fields(of: place, known: Self.conferenceFields) else { return nil }
        let slug = required("conference", of: fields, as: slug)
        let title = required("title", of: fields) { localised($0) }
        guard let zone = required("time-zone", of: fields, as: zone) else { return nil }
        let rooms = list("rooms", of: fields, atMost: ProgrammePlan.mostRooms, as: room)
        if rooms.isEmpty, faults.isEmpty { note("a conference has at least one room (rooms)", at: place) }
        refuseTwice(rooms.map(\.key), in: "rooms", of: fields)
        guard let (starts, ends) = span(of: fields, in: zone) else { return nil }
        let frame = SessionFrame(zone: zone, span: starts...ends, rooms: Set(rooms.map(\.key)))
        let sessions = list("sessions", of: fields, atMost: ProgrammePlan.mostSessions) { session($0, in: frame) }
        refuseTwice(sessions.map(\.key), in: "sessions", of: fields)
        refuseOverlaps(sessions, of: fields)
        guard let slug, let title else { return nil }
        return ProgrammePlan(
            slug: slug, title: title, zone: zone, startsAt: starts, endsAt: ends, rooms: rooms, sessions: sessions)
    }

    /// The word in the conference's address.
    private func slug(_ place: PlanPlace) -> String? {
        guard let key = key(place) else { return nil }
        guard !key.contains("_") else {
            note("the word in the conference's address has letters from a to z, digits and hyphens", at: place)
            return nil
        }
        return key
    }

    private func room(_ place: PlanPlace) -> ProgrammePlan.Room? {
        guard let fields = fields(of: place, known: ["key", "name"]) else { return nil }
        let key = required("key", of: fields, as: key)
        guard let name = required("name", of: fields, as: { localised($0) }), let key else { return nil }
        return ProgrammePlan.Room(key: key, name: name)
    }

    /// Sessions whose own faults are told already have no place in the list; so the places are read from the text.
    private func refuseTwice(_ keys: [String], in name: String, of fields: PlanFields) {
        guard keys.count > Set(keys).count, let items = fields.places[name]?.node.sequence else { return }
        var seen: Set<String> = []
        for (index, item) in items.enumerated() {
            guard let key = item.mapping?["key"], let text = key.scalar?.string, !seen.insert(text).inserted else { continue }
            note("“\(text)” stands above already", at: PlanPlace(node: key, field: "\(name)[\(index)].key"))
        }
    }

    /// A room has one session at a time.
    private func refuseOverlaps(_ sessions: [ProgrammePlan.Session], of fields: PlanFields) {
        let items = fields.places["sessions"]?.node.sequence?.enumerated().map { (item: $1, index: $0) } ?? []
        for held in Dictionary(grouping: sessions, by: \.room).values {
            let inOrder = held.sorted { ($0.startsAt, $0.key) < ($1.startsAt, $1.key) }
            for (before, after) in zip(inOrder, inOrder.dropFirst()) where after.startsAt < before.endsAt {
                guard let late = items.first(where: { $0.item.mapping?["key"]?.scalar?.string == after.key }),
                    let starts = late.item.mapping?["starts"]
                else { continue }
                note(
                    "“\(before.key)” has not ended yet in the same room",
                    at: PlanPlace(node: starts, field: "sessions[\(late.index)].starts"))
            }
        }
    }

    private func span(of fields: PlanFields, in zone: TimeZone) -> (UTCInstant, UTCInstant)? {
        let starts = required("starts", of: fields) { instant($0, in: zone) }
        let ends = required("ends", of: fields) { instant($0, in: zone) }
        guard let starts, let ends else { return nil }
        if starts < ends { return (starts, ends) }
        if let place = fields.places["ends"] { note("the end comes after the start", at: place) }
        return nil
    }
}

// MARK: - Sessions

/// What a session is held against.
private struct SessionFrame {
    let zone: TimeZone
    /// The conference's own.
    let span: ClosedRange<UTCInstant>
    let rooms: Set<String>
}

extension PlanReader {
    private func session(_ place: PlanPlace, in frame: SessionFrame) -> ProgrammePlan.Session? {
        guard let fields = fields(of: place, known: Self.sessionFields) else { return nil }
        let key = required("key", of: fields, as: key)
        let room = required("room", of: fields) { roomKey($0, in: frame) }
        let title = required("title", of: fields) { localised($0) }
        let format: SessionFormat? = required("format", of: fields, as: word)
        let audiences: [Audience] = list("audiences", of: fields, atMost: Audience.allCases.count, as: word)
        let languages = list("languages", of: fields, atMost: 24, as: language)
        let speakers = list("speakers", of: fields, atMost: 100, as: speaker)
        let abstract = fields.places["abstract"].flatMap { localised($0, longest: 10_000, isLine: false) }
        let letsOthersWatch = fields.places["others-watch"].map(truth) ?? true
        let isRecorded = fields.places["recorded"].map(truth) ?? true
        guard let (starts, ends) = time(of: fields, in: frame), let key, let room, let title, let format, let letsOthersWatch,
            let isRecorded
        else { return nil }
        return ProgrammePlan.Session(
            key: key, room: room, title: title, abstract: abstract, speakers: speakers, format: format,
            audiences: Set(audiences), letsOthersWatch: letsOthersWatch, languages: languages, startsAt: starts, endsAt: ends,
            isRecorded: isRecorded)
    }

    private func roomKey(_ place: PlanPlace, in frame: SessionFrame) -> String? {
        guard let key = key(place) else { return nil }
        if frame.rooms.contains(key) { return key }
        note("no room has the key “\(key)”", at: place)
        return nil
    }

    private func time(of fields: PlanFields, in frame: SessionFrame) -> (UTCInstant, UTCInstant)? {
        guard let (starts, ends) = span(of: fields, in: frame.zone) else { return nil }
        if let place = fields.places["starts"], !frame.span.contains(starts) || !frame.span.contains(ends) {
            note("the session lies outside the conference", at: place)
        }
        if let place = fields.places["ends"], ends.since(starts) > ProgrammePlan.longestSession {
            note("a session lasts at most 24 hours", at: place)
        }
        return (starts, ends)
    }

    private func speaker(_ place: PlanPlace) -> Speaker? {
        guard let fields = fields(of: place, known: ["name", "organisation"]) else { return nil }
        guard let name = required("name", of: fields, as: line) else { return nil }
        return Speaker(name, of: fields.places["organisation"].flatMap(line) ?? "")
    }
}
