import Archive
import Discussion
import Files
import Foundation
import Identifiers
import Letters
import NIOCore
import Repetition
import Rooms
import ServiceLifecycle
import Store
import WebServer

extension Hall {
    /// The web server that stands on this hall, and what works behind it.
    ///
    /// - Parameter figures: what the other servers tell whoever reads the figures.
    func webServices(
        on loops: any EventLoopGroup, watching: WatchDesk, figures: @escaping @Sendable () -> [Metric]
    ) throws -> [any Service] {
        let folder = folder
        let office = try postOffice()
        let discussion = DiscussionDesks(
            forums: ForumDesk(repository: store, events: events, audit: audit, clock: clock), chat: store, questions: store,
            polls: store,
            announcements: AnnouncementDesk(repository: store, events: events, audit: audit, clock: clock),
            isPresent: { [rooms] in rooms.isPresent($0, in: $1) })
        let hub = Hub(
            repositories: repositories, rooms: rooms, feeds: feeds, watching: watching, studio: studio, workshop: workshop,
            marks: MarkDesk(repository: store, events: events, audit: audit, clock: clock),
            discussion: discussion,
            signIns: desks.signIn,
            links: LinkDesk(settings.links, office: office),
            tokens: desks.tokens, streamKeys: desks.streamKeys, calls: CallDesk(repository: store, clock: clock),
            events: events, audit: audit, clock: clock,
            recordingFile: { folder.recording($0).appending($1).text }, faults: { [store] in await Self.faults(store) })
        let responder = try WebResponder(hub, settings.web, resources: Self.resources) { figures() + ProcessFigures.metrics }
        return [
            workshop, office, discussion.hands, try HTTPService(settings.web, responder: responder, group: loops, logger: logger),
        ]
    }

    private func postOffice() throws -> PostOffice {
        let staff = PostOffice.Staff(
            people: store, signIns: desks.signIn,
            writer: try LetterPress(resources: Self.resources, address: settings.publicAddress),
            carrier: settings.letterCarrier)
        return PostOffice(try settings.postOffice(), repository: store, staff: staff, clock: clock, logger: logger)
    }

    /// What keeps the program from serving.
    private static func faults(_ store: ConferenceStore) async -> [String] {
        do {
            try await store.check()
            return []
        } catch {
            return ["The database does not answer: \(error.message)"]
        }
    }

    /// The pages' templates, styles and texts: where the package installs them, else beside the build.
    private static var resources: String? {
        let installed = "/usr/share/hemicycle"
        return FileManager.default.fileExists(atPath: installed) ? installed : nil
    }
}
