import ArgumentParser
import Foundation
import Hemicycle

/// Where the settings come from: the same for every command, so that all find the same data folder.
struct ServerOptions: ParsableArguments {
    @Option(
        name: [.short, .long], help: ArgumentHelp("The configuration file (YAML). Without it: the defaults.", valueName: "file"))
    var config: String?

    @Option(name: [.short, .long], help: ArgumentHelp("The data folder; the same as --data-folder.", valueName: "folder"))
    var data: String?

    func settings(flags: [String] = []) async throws -> Settings {
        let dataFlag = data.map { ["--data-folder", $0] } ?? []
        let reader = SettingsReader(
            file: config, flags: flags + dataFlag, environment: ProcessInfo.processInfo.environment)
        return try await reader.read()
    }
}
