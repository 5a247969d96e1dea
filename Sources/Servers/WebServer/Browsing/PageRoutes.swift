import Hummingbird

/// The pages, by the map of their addresses.
struct PageRoutes {
    let hub: Hub
    let renderer: PageRenderer
    let document: OpenAPIDocument

    func addRoutes(to router: Router<WebContext>) {
        let desk = PageDesk(hub: hub, renderer: renderer)
        let pages = router.group().add(middleware: IdentityMiddleware(identification: hub.identification))
        ConferencePages(desk: desk).addRoutes(to: pages)
        SessionPages(desk: desk).addRoutes(to: pages)
        AnnouncementForms(hub: hub).addRoutes(to: pages)
        ForumForms(hub: hub).addRoutes(to: pages)
        ChatForms(hub: hub).addRoutes(to: pages)
        QuestionForms(hub: hub).addRoutes(to: pages)
        HandForms(hub: hub).addRoutes(to: pages)
        PollForms(hub: hub).addRoutes(to: pages)
        CalendarFiles(desk: desk).addRoutes(to: pages)
        ConsolePages(desk: desk).addRoutes(to: pages)
        RemovalPages(desk: desk).addRoutes(to: pages)
        EntranceForms(hub: hub).addRoutes(to: pages)
        ArchivePages(desk: desk).addRoutes(to: pages)
        ArchiveForms(hub: hub).addRoutes(to: pages)
        PersonalPages(desk: desk).addRoutes(to: pages)
        SignInPages(desk: desk).addRoutes(to: pages)
        ReferencePages(desk: desk, document: document).addRoutes(to: pages)
    }
}
