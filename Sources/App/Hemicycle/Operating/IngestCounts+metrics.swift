import RTMPServer
import WebServer

extension IngestCounts {
    var metrics: [Metric] {
        [
            Metric("hemicycle_rtmp_connections", .gauge, "RTMP connections that are open.", Double(open)),
            Metric("hemicycle_rtmp_publishing", .gauge, "RTMP connections that publish.", Double(publishing)),
            Metric("hemicycle_rtmp_accepted_total", .counter, "RTMP connections since the start.", Double(accepted)),
            Metric(
                "hemicycle_rtmp_ended_total", .counter, "RTMP connections that ended, by how.",
                Ending.allCases.map { Metric.Sample(self[$0], ["how": $0.rawValue]) }),
        ]
    }
}
