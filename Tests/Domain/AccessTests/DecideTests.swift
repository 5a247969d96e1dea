import Identifiers
import Testing
import Time

@testable import Access

/// Every grant × every action × every object in every state.
@Suite struct DecideTests {
    let now = UTCInstant(microseconds: 1_623_837_600_000_000)
    let here = ConferenceID(at: .init(microseconds: 0))
    let elsewhere = ConferenceID(at: .init(microseconds: 0))
    let room = RoomID(at: .init(microseconds: 0))
    let otherRoom = RoomID(at: .init(microseconds: 0))
    let ada = ParticipantID(at: .init(microseconds: 0))
    let somebodyElse = ParticipantID(at: .init(microseconds: 0))

    struct NoCell: Error {
        let grant: Grant
        let action: Action
    }

    /// Where the doors of a session are, and how its object tells.
    enum Doors: CaseIterable {
        case closed, open, ended
    }

    private func session(
        _ doors: Doors, excluded: [ParticipantID: Exclusion] = [:], obstacle: WaitingReason? = nil,
        admitted: Set<ParticipantID> = []
    ) -> Object {
        .session(
            SessionInView(
                id: SessionID(at: now), conference: here, room: room, doorsOpenAt: now.advanced(by: .seconds(60)),
                areDoorsOpen: doors == .open, hasEnded: doors == .ended, excluded: excluded,
                obstacle: obstacle, admitted: admitted))
    }

    private func recording(isReady: Bool) -> Object {
        .recording(RecordingInView(id: RecordingID(at: now), conference: here, room: room, isReady: isReady))
    }

    /// Every object in every state in which nothing concerns Ada in particular.
    private var objects: [Object] {
        Doors.allCases.map { session($0) }
            + Doors.allCases.map { session($0, excluded: [somebodyElse: Exclusion(from: .session, reason: "noise")]) }
            + [recording(isReady: true), recording(isReady: false), .conference(here), .room(room, here)]
    }

    private func person(
        _ grants: [GrantInPlace], in conference: ConferenceID? = nil, of audiences: Set<Audience> = []
    ) -> Subject {
        let participation = Participation(
            participant: ada, conference: conference ?? here, grants: grants, audiences: audiences)
        return .person(PersonID(at: now), [participation])
    }

    /// The decision by the table, and by the three rules of state that stand beside it.
    private func expected(_ grant: Grant, _ action: Action, _ object: Object) throws -> Decision {
        let cell: Bool? = AccessTable.allows(grant, action)
        guard let isAllowed = cell else { throw NoCell(grant: grant, action: action) }
        guard isAllowed else { return .refuse(.notGranted(action)) }
        switch object {
        case .session(let session) where AccessTable.entrances.contains(action) && session.hasEnded:
            return .refuse(.sessionEnded)
        case .session(let session) where AccessTable.entrances.contains(action) && !session.areDoorsOpen:
            return AccessTable.early.contains(grant) ? .allow : .refuse(.doorsClosed(until: session.doorsOpenAt))
        case .recording(let recording) where AccessTable.needFinishedFiles.contains(action) && !recording.isReady:
            return .refuse(.recordingNotReady)
        default:
            return .allow
        }
    }

    @Test func `the table has one line for each action and one column for each grant`() {
        #expect(Set(AccessTable.columns) == Set(Grant.allCases))
        #expect(AccessTable.columns.count == Grant.allCases.count)
        #expect(AccessTable.lines.compactMap(\.first).sorted() == Action.allCases.map(\.rawValue).sorted())
        #expect(Set(AccessTable.scopes.keys) == Set(Action.allCases))
        for line in AccessTable.lines {
            #expect(line.dropFirst().allSatisfy { $0 == "●" || $0 == "·" }, "\(line)")
            #expect(line.count == AccessTable.columns.count + 1, "\(line)")
        }
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `a grant of the whole conference allows what the table says`(grant: Grant, action: Action) throws {
        for object in objects {
            let decision = decide(person([GrantInPlace(grant)]), action, on: object, now: now)
            #expect(try decision == expected(grant, action, object), "\(object)")
        }
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `a grant of the room allows the same there, and nothing in the conference at large`(
        grant: Grant, action: Action
    ) throws {
        let subject = person([GrantInPlace(grant, in: room)])
        for object in objects where object.room != nil {
            #expect(try decide(subject, action, on: object, now: now) == expected(grant, action, object), "\(object)")
        }
        let atLarge = decide(subject, action, on: .conference(here), now: now)
        #expect(atLarge == (AccessTable.open.contains(action) ? .allow : .refuse(.notGranted(action))))
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `a grant of another room allows nothing here`(grant: Grant, action: Action) {
        for object in objects {
            let decision = decide(person([GrantInPlace(grant, in: otherRoom)]), action, on: object, now: now)
            #expect(decision == (AccessTable.open.contains(action) ? .allow : .refuse(.notGranted(action))), "\(object)")
        }
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `a grant of another conference allows nothing here`(grant: Grant, action: Action) {
        for object in objects {
            let decision = decide(person([GrantInPlace(grant)], in: elsewhere), action, on: object, now: now)
            #expect(decision == (AccessTable.open.contains(action) ? .allow : .refuse(.notRegistered)), "\(object)")
        }
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `who was removed is told why, whatever they may do elsewhere (M-5)`(grant: Grant, action: Action) throws {
        for doors in Doors.allCases {
            for (extent, refusal) in [
                (RemovalExtent.session, Refusal.removed(reason: "noise")), (.conference, .banned(reason: "noise")),
            ] {
                let object = session(doors, excluded: [ada: Exclusion(from: extent, reason: "noise")])
                let decision = decide(person([GrantInPlace(grant)]), action, on: object, now: now)
                if AccessTable.lostByRemoval.contains(action) {
                    #expect(decision == .refuse(refusal))
                } else {
                    #expect(try decision == expected(grant, action, object))
                }
            }
        }
    }

    @Test(arguments: Grant.allCases)
    func `an ended session that was kept is seen again by those for whom it was, and by those who work there`(grant: Grant) {
        let marks: [(Set<Audience>, letsOthersWatch: Bool)] = [([], false), ([.members], true), ([.members], false)]
        for (audiences, letsOthersWatch) in marks {
            for canBeSeenAgain in [true, false] {
                let object = Object.session(
                    SessionInView(
                        id: SessionID(at: now), conference: here, room: room, audiences: audiences,
                        letsOthersWatch: letsOthersWatch, doorsOpenAt: now, areDoorsOpen: false, hasEnded: true, excluded: [:],
                        canBeSeenAgain: canBeSeenAgain))
                let isFor = audiences.isEmpty || letsOthersWatch || grant != .participant
                let decision = decide(person([GrantInPlace(grant)]), .watchSession, on: object, now: now)
                let wanted: Decision = isFor ? .allow : .refuse(.otherAudience(audiences))
                #expect(decision == (canBeSeenAgain ? wanted : .refuse(.sessionEnded)))
            }
        }
    }

    @Test(arguments: Grant.allCases, Audience.allCases)
    func `a session is entered by those for whom it is and by those who work there, others watch where it lets them (P-2)`(
        grant: Grant, own: Audience
    ) {
        let marks: [Set<Audience>] = [[], [own], Set(Audience.allCases), Set(Audience.allCases).subtracting([own])]
        for (audiences, letsOthersWatch) in marks.flatMap({ [($0, true), ($0, false)] }) {
            let object = Object.session(
                SessionInView(
                    id: SessionID(at: now), conference: here, room: room, audiences: audiences,
                    letsOthersWatch: letsOthersWatch, doorsOpenAt: now, areDoorsOpen: true, hasEnded: false, excluded: [:]))
            let isAddressed = audiences.isEmpty || audiences.contains(own) || AccessTable.atWork.contains(grant)
            let subject = person([GrantInPlace(grant)], of: [own])
            let refusal = Decision.refuse(.otherAudience(audiences))
            #expect(decide(subject, .enterSession, on: object, now: now) == (isAddressed ? .allow : refusal))
            #expect(decide(subject, .watchSession, on: object, now: now) == (isAddressed || letsOthersWatch ? .allow : refusal))
        }
    }

    @Test func `who belongs to no audience enters only what is for everybody, and work elsewhere does not count`() {
        let object = Object.session(
            SessionInView(
                id: SessionID(at: now), conference: here, room: room, audiences: [.websites], doorsOpenAt: now,
                areDoorsOpen: true, hasEnded: false, excluded: [:]))
        for grants in [[GrantInPlace(.participant)], [GrantInPlace(.participant), GrantInPlace(.interpreter, in: otherRoom)]] {
            #expect(decide(person(grants), .enterSession, on: object, now: now) == .refuse(.otherAudience([.websites])))
            #expect(decide(person(grants), .watchSession, on: object, now: now) == .allow)
        }
    }

    @Test func `others are told for whom it is before they are told when the doors open, and watch no earlier`() {
        let object = Object.session(
            SessionInView(
                id: SessionID(at: now), conference: here, room: room, audiences: [.members], doorsOpenAt: now,
                areDoorsOpen: false, hasEnded: false, excluded: [:]))
        let subject = person([GrantInPlace(.participant)], of: [.websites])
        #expect(decide(subject, .enterSession, on: object, now: now) == .refuse(.otherAudience([.members])))
        #expect(decide(subject, .watchSession, on: object, now: now) == .refuse(.doorsClosed(until: now)))
    }

    @Test(arguments: Grant.allCases, Action.allCases)
    func `lobby and lock keep out who was not let in, except those who conduct the session (M-5)`(
        grant: Grant, action: Action
    ) throws {
        for obstacle in WaitingReason.allCases {
            let subject = person([GrantInPlace(grant)])
            let decision = decide(subject, action, on: session(.open, obstacle: obstacle), now: now)
            if AccessTable.lostByWaiting.contains(action) && !AccessTable.early.contains(grant) {
                #expect(decision == .refuse(.waiting(obstacle)))
            } else {
                #expect(try decision == expected(grant, action, session(.open)))
            }
            let letIn = session(.open, obstacle: obstacle, admitted: [ada])
            #expect(try decide(subject, action, on: letIn, now: now) == expected(grant, action, letIn))
        }
    }

    @Test(arguments: Action.allCases)
    func `who is not signed in is asked to sign in`(action: Action) {
        for object in objects {
            let decision = decide(.anonymous, action, on: object, now: now)
            #expect(decision == (AccessTable.open.contains(action) ? .allow : .refuse(.signInNeeded)))
        }
    }

    @Test(arguments: Action.allCases)
    func `a participant without any grant may nothing but see the programme`(action: Action) {
        for object in objects {
            let decision = decide(person([]), action, on: object, now: now)
            #expect(decision == (AccessTable.open.contains(action) ? .allow : .refuse(.notGranted(action))))
        }
    }

    @Test(arguments: Action.allCases, Scope.allCases)
    func `a token does what its scope says, in its conference only, and what is a person's it does not`(
        action: Action, scope: Scope
    ) throws {
        let wanted = try #require(AccessTable.scopes[action])
        for object in objects where !waits(object, action) {
            let decision = decide(.token(TokenID(at: now), here, [scope]), action, on: object, now: now)
            if AccessTable.open.contains(action) || scope == wanted {
                #expect(decision == .allow)
            } else if let wanted {
                #expect(decision == .refuse(.scopeNeeded(wanted)))
            } else {
                #expect(decision == .refuse(.personNeeded))
            }
            let stranger = decide(.token(TokenID(at: now), elsewhere, [scope]), action, on: object, now: now)
            #expect(stranger == (AccessTable.open.contains(action) ? .allow : .refuse(.notRegistered)))
        }
    }

    @Test func `a token cannot download what is not ready`() {
        let token = Subject.token(TokenID(at: now), here, Set(Scope.allCases))
        let decision = decide(token, .downloadRecordings, on: recording(isReady: false), now: now)
        #expect(decision == .refuse(.recordingNotReady))
    }

    @Test func `every refusal has a code of its own`() {
        let refusals: [Refusal] = [
            .signInNeeded, .notRegistered, .notGranted(.seeRoom), .scopeNeeded(.events), .personNeeded,
            .otherAudience([]), .doorsClosed(until: now), .sessionEnded, .removed(reason: ""), .banned(reason: ""),
            .waiting(.lobby),
            .waiting(.locked), .recordingNotReady,
        ]
        #expect(Set(refusals.map(\.code)).count == refusals.count)
    }

    private func waits(_ object: Object, _ action: Action) -> Bool {
        guard case .recording(let recording) = object else { return false }
        return AccessTable.needFinishedFiles.contains(action) && !recording.isReady
    }
}
