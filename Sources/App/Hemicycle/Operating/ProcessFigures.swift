import Foundation
import WebServer

/// What the system says of this process, by the names that Prometheus' own libraries use.
enum ProcessFigures {
    /// Ticks of the kernel's clock in a second, as /proc counts them (proc(5)): 100 on every machine that Linux runs on.
    private static let ticks = 100.0
    private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))

    static var metrics: [Metric] {
        let build = Metric("hemicycle_build_info", .gauge, "The program.", [Metric.Sample(1, ["version": ProgramVersion.text])])
        guard let stat = try? String(contentsOfFile: "/proc/self/stat", encoding: .utf8) else { return [build] }
        // The second field is the program's name in brackets; 14 and 15 are processor time, 24 is memory in pages.
        let fields = stat.split(separator: ")").last?.split(separator: " ").map { Double($0) ?? 0 } ?? []
        guard fields.count > 21 else { return [build] }
        return [
            build,
            Metric("process_cpu_seconds_total", .counter, "Processor time used.", (fields[11] + fields[12]) / ticks),
            Metric("process_resident_memory_bytes", .gauge, "Memory in use.", fields[21] * pageSize),
            Metric("process_open_fds", .gauge, "Open files and connections.", Double(openFiles)),
        ]
    }

    private static var openFiles: Int { (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0 }
}
