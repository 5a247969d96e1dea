import Synchronization

/// How many requests the router has answered, and how long each route took to begin its answer. What `ExpressDesk` answers is not among
/// them: `MediaCounts` has it.
///
/// Whatever a client makes up is told as `other`, so that it cannot make up any number of figures.
final class RequestCounts: Sendable {
    private struct Kind: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    /// Answers that took no longer than each of `bounds`, and all.
    fileprivate struct Waits {
        var within = [Int](repeating: 0, count: RequestCounts.bounds.count)
        var count = 0
        var seconds = 0.0
    }

    private struct State {
        var answers: [Kind: Int] = [:]
        var waits: [String: Waits] = [:]
    }

    /// Seconds. A blocked playlist may wait for three target durations.
    fileprivate static let bounds = [0.005, 0.02, 0.1, 0.5, 2, 10]
    private static let methods: Set = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    private let state = Mutex(State())

    func count(_ method: String, _ route: String?, status: Int, took duration: Duration) {
        let route = route ?? "other"
        let kind = Kind(route: route, method: Self.methods.contains(method) ? method : "other", status: status)
        let seconds = duration / .seconds(1)
        state.withLock { state in
            state.answers[kind, default: 0] += 1
            state.waits[route, default: Waits()].add(seconds)
        }
    }

    var metrics: [Metric] {
        let state = state.withLock { $0 }
        let answers = state.answers.map { kind, count in
            Metric.Sample(count, ["route": kind.route, "method": kind.method, "status": "\(kind.status)"])
        }
        return [
            Metric(
                "hemicycle_http_requests_total", .counter,
                "Requests answered by route; live media over HTTP/1.1 is counted in hemicycle_media_answers_total.", answers),
            Metric(
                "hemicycle_http_request_duration_seconds", .histogram, "Time from a request's head to that of its answer.",
                state.waits.flatMap { $1.samples(route: $0) }),
        ]
    }
}

extension RequestCounts.Waits {
    mutating func add(_ wait: Double) {
        for (place, bound) in RequestCounts.bounds.enumerated() where wait <= bound { within[place] += 1 }
        count += 1
        seconds += wait
    }

    func samples(route: String) -> [Metric.Sample] {
        let buckets = zip(RequestCounts.bounds, within).map {
            Metric.Sample($1, ["route": route, "le": "\($0)"], suffix: "_bucket")
        }
        return buckets + [
            Metric.Sample(count, ["route": route, "le": "+Inf"], suffix: "_bucket"),
            Metric.Sample(seconds, ["route": route], suffix: "_sum"),
            Metric.Sample(count, ["route": route], suffix: "_count"),
        ]
    }
}
