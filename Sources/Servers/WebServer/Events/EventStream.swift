import Events
import HTTPTypes
import Hummingbird
import ServiceLifecycle

/// One answer of server-sent events: what happened since, what happens, and the number of people present.
///
/// It ends when its reader goes away, when the reader may no longer follow, when the reader is too slow, or when the server
/// stops; a browser then comes back and says what it had last, and nothing is lost.
struct EventStream: Sendable {
    struct Configuration: Sendable {
        /// How often the reader's right and the number present are looked at. The number is told at most that often.
        var pulse: Duration = .seconds(1)
        /// Silence after which a comment is sent: shorter than the 15 s after which some proxies close.
        var longestSilence: Duration = .seconds(10)
        /// When a browser comes back.
        var retry: Duration = .seconds(2)
        /// Pulses in which the reader had no right before the stream ends: one more than the first, so that the event that
        /// tells of the removal arrives before the end.
        var pulsesOfGrace = 2
        /// Messages that may wait for a slow reader.
        var maximumWaiting = 256

        init() {}
    }

    let configuration: Configuration
    /// Waits for the next event that this reader may see; nil at the end.
    let next: @Sendable () async -> Event?
    /// Makes a waiting `next` return nil.
    let close: @Sendable () -> Void
    /// Whether the reader may still follow.
    let mayFollow: @Sendable () async -> Bool
    /// Nil where no number is told.
    let present: (@Sendable () async -> Int)?

    private enum Signal: Sendable {
        case event(Event)
        case pulse(mayFollow: Bool, present: Int?)
    }

    func response(to request: Request) -> Response {
        let headers: HTTPFields = [.contentType: "text/event-stream", .cacheControl: "no-store"]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                try await tell(&writer, to: request)
                try await writer.finish(nil)
            })
    }

    /// Hummingbird tells a waiting handler of a client's leaving only through this wrapper.
    @concurrent private func tell(_ writer: inout any ResponseBodyWriter, to request: Request) async throws {
        try await writer.write(EventText.retry(after: configuration.retry))
        defer { close() }
        try? await request.body.consumeWithCancellationOnInboundClose { _ in
            try await withGracefulShutdownHandler {
                try await pump(&writer)
            } onGracefulShutdown: {
                close()
            }
        }
    }

    @concurrent private func pump(_ writer: inout any ResponseBodyWriter) async throws {
        let (signals, inlet) = AsyncStream.makeStream(
            of: Signal.self, bufferingPolicy: .bufferingOldest(configuration.maximumWaiting))
        try await withThrowingTaskGroup { group in
            group.addTask { await forwardEvents(to: inlet) }
            group.addTask { await pulse(into: inlet) }
            defer { group.cancelAll() }
            var teller = EventTeller(configuration)
            for await signal in signals {
                guard try await tell(signal, &teller, &writer) else { break }
            }
            close()
        }
    }

    private func forwardEvents(to inlet: AsyncStream<Signal>.Continuation) async {
        while let event = await next() {
            guard case .enqueued = inlet.yield(.event(event)) else { break }
        }
        inlet.finish()
    }

    private func pulse(into inlet: AsyncStream<Signal>.Continuation) async {
        while (try? await Task.sleep(for: configuration.pulse)) != nil {
            inlet.yield(.pulse(mayFollow: await mayFollow(), present: await present?()))
        }
    }

    /// False where the stream is to end.
    @concurrent private func tell(
        _ signal: Signal, _ teller: inout EventTeller, _ writer: inout any ResponseBodyWriter
    ) async throws -> Bool {
        switch signal {
        case .event(let event):
            teller.spoke()
            try await writer.write(EventText.event(event))
        case .pulse(let mayFollow, let present):
            guard teller.pulse(mayFollow: mayFollow) else { return false }
            if let text = teller.words(present: present) { try await writer.write(text) }
        }
        return true
    }
}
