import Testing

@testable import WebServer

struct MetricTests {
    @Test func `a figure is told as Prometheus reads it, with what would break a line escaped`() {
        let metric = Metric(
            "hemicycle_room_info", .gauge, "Rooms.\nAll.", [Metric.Sample(1, ["name": "Salle \"A\" \\ \n"]), Metric.Sample(0.25)])
        #expect(
            metric.text == """
                # HELP hemicycle_room_info Rooms.\\nAll.
                # TYPE hemicycle_room_info gauge
                hemicycle_room_info{name="Salle \\"A\\" \\\\ \\n"} 1
                hemicycle_room_info 0.25

                """)
    }

    @Test func `a client cannot make figures up`() {
        let counts = RequestCounts()
        for number in 0..<100 { counts.count("METHOD\(number)", nil, status: 404, took: .milliseconds(1)) }
        #expect(
            counts.metrics[0].text.split(separator: "\n").last
                == #"hemicycle_http_requests_total{route="other",method="other",status="404"} 100"#)
    }

    @Test func `buckets count all that took no longer`() {
        let counts = RequestCounts()
        for wait in [1, 10, 50, 20_000] { counts.count("GET", "/", status: 200, took: .milliseconds(wait)) }
        let text = counts.metrics[1].text
        #expect(text.contains(#"_bucket{route="/",le="0.02"} 2"#) && text.contains(#"le="10.0"} 3"#))
        #expect(text.contains(#"le="+Inf"} 4"#) && text.contains(#"_count{route="/"} 4"#))
    }
}
