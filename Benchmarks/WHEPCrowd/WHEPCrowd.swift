import ArgumentParser

/// A crowd that watches by WebRTC from one process, and the least that serving such a crowd can cost. `Benchmarks/fanout.py` calls it.
@main
struct WHEPCrowd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whep-crowd", abstract: "Watches by WebRTC in great numbers.", subcommands: [Watch.self, Floor.self])
}
