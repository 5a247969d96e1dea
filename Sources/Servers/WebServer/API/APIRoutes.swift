import Hummingbird

/// The documented API, below `/api/v1`: for scripts with a token, and for the modules of our own pages.
struct APIRoutes {
    let hub: Hub
    let events: EventStream.Configuration
    /// Those that are open.
    let streams: Tally
    let document: OpenAPIDocument

    static let base = "/api/v1"

    func addRoutes(to router: Router<WebContext>) {
        let api = router.group("api/v1")
            .add(middleware: IdentityMiddleware(identification: hub.identification))
            .add(middleware: ForgeryMiddleware())
            .add(middleware: RepetitionMiddleware(desk: hub.calls))
        ConferencesAPI(hub: hub).addRoutes(to: api)
        ParticipantsAPI(hub: hub).addRoutes(to: api)
        TokensAPI(hub: hub).addRoutes(to: api)
        ProgrammeAPI(hub: hub).addRoutes(to: api)
        SignInsAPI(hub: hub).addRoutes(to: api)
        SessionsAPI(hub: hub).addRoutes(to: api)
        ModerationAPI(hub: hub).addRoutes(to: api)
        RemovalsAPI(hub: hub).addRoutes(to: api)
        EntranceAPI(hub: hub).addRoutes(to: api)
        AttendanceAPI(hub: hub).addRoutes(to: api)
        RecordingStateAPI(hub: hub).addRoutes(to: api)
        MarksAPI(hub: hub).addRoutes(to: api)
        AnnouncementsAPI(hub: hub).addRoutes(to: api)
        ForumsAPI(hub: hub).addRoutes(to: api)
        ChatAPI(hub: hub).addRoutes(to: api)
        QuestionsAPI(hub: hub).addRoutes(to: api)
        HandsAPI(hub: hub).addRoutes(to: api)
        PollsAPI(hub: hub).addRoutes(to: api)
        RoomsAPI(hub: hub).addRoutes(to: api)
        StreamKeysAPI(hub: hub).addRoutes(to: api)
        RecordingsAPI(hub: hub).addRoutes(to: api)
        ClipsAPI(hub: hub).addRoutes(to: api)
        RetentionAPI(hub: hub).addRoutes(to: api)
        RecordingFilesAPI(hub: hub).addRoutes(to: api)
        EventsAPI(hub: hub, configuration: events, streams: streams).addRoutes(to: api)
        document.addRoutes(to: api)
    }
}
