import Discussion
import Events
import HTTPTypes
import Hummingbird
import ServiceLifecycle

/// One answer of server-sent events: what happened since, what happens, and how many people are present.
///
/// It ends when its reader goes away or may no longer follow, and when the server stops; a browser then comes back and says what
/// it had last, so that nothing is lost.
struct EventStream: Sendable {
    struct Configuration: Sendable {
        /// How often the reader's right and the number present are looked at. The number is told at most that often.
        var pulse: Duration = .seconds(1)
        /// Silence after which a comment is sent: shorter than the 15 s after which some proxies close.
        var longestSilence: Duration = .seconds(10)
        /// When a browser comes back.
        var retry: Duration = .seconds(2)
        /// Pulses without the right after which the stream ends: one more than the first, so that the event that tells of a
        /// removal arrives before the end.
        var pulsesOfGrace = 2

        init() {}
    }

    let configuration: Configuration
    let follower: EventFollower
    /// The event as this reader is told it; nil for not at all.
    let told: @Sendable (Event) async throws -> Event?
    /// Whether the reader may still follow. Asked at each pulse, so it also says that the reader is still there.
    let mayFollow: @Sendable () async -> Bool
    /// How many people are present; nil where that is not told.
    let presence: @Sendable () -> PresenceTold?
    /// The counts that have changed since the mark; nil where none has, or none is for this reader.
    let tallies: @Sendable (Tallies.Mark) async -> Tallies.Change?
    /// Where they stand when the stream begins.
    let mark: Tallies.Mark
    /// Counts the streams that are open.
    let open: Tally

    func response(to request: Request) -> Response {
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await tell(&writer, to: request)
                try await writer.finish(nil)
            })
    }

    /// Hummingbird tells a waiting handler of a client's leaving only through `consumeWithCancellationOnInboundClose`.
    @concurrent private func tell(_ writer: inout any ResponseBodyWriter, to request: Request) async throws {
        open.add()
        defer { open.add(-1) }
        try await writer.write(EventText.retry(after: configuration.retry))
        try? await request.body.consumeWithCancellationOnInboundClose { _ in
            try await withGracefulShutdownHandler {
                try await pump(&writer)
            } onGracefulShutdown: {
                follower.close()
            }
        }
        follower.close()
    }

    @concurrent private func pump(_ writer: inout any ResponseBodyWriter) async throws {
        var teller = EventTeller(configuration)
        var (pulse, mark) = (ContinuousClock.now, mark)
        while true {
            switch try await follower.next(within: configuration.pulse) {
            case .ended: return
            case .quiet: break
            case .event(let event):
                guard let event = try await told(event) else { break }
                teller.spoke()
                try await writer.write(EventText.event(event))
            }
            guard pulse.duration(to: .now) >= configuration.pulse else { continue }
            pulse = .now
            guard teller.pulse(mayFollow: await mayFollow()) else { return }
            if let words = teller.words(presence()) { try await writer.write(words) }
            guard let change = await tallies(mark) else { continue }
            mark = change.mark
            teller.spoke()
            try await writer.write(EventText.passing("tallies", data: change.data))
        }
    }
}
