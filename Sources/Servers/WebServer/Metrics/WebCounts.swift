/// What the web server counts of itself.
struct WebCounts: Sendable {
    let requests = RequestCounts()
    let media = MediaCounts()
    /// Event streams that are open now.
    let eventStreams = Tally()

    var metrics: [Metric] {
        requests.metrics + media.metrics + [
            Metric("hemicycle_event_streams", .gauge, "Streams of server-sent events that are open.", Double(eventStreams.count))
        ]
    }
}
