import ArgumentParser
import Hemicycle

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion: """
            Every key of the configuration file is a flag too, and an environment variable: http.port is --http-port and \
            HEMICYCLE_HTTP_PORT. Flags win over the environment, the environment over the file.

            The keys: \(Settings.catalogue.map(\.key).joined(separator: ", ")).
            """)

    @OptionGroup var options: ServerOptions

    @Flag(help: "Bring in the demonstration conference and move its programme to now.")
    var demonstration = false

    @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Settings as flags: --http-port 8443 …", valueName: "setting"))
    var flags: [String] = []

    func run() async throws {
        let settings = try await options.settings(flags: flags)
        try await HemicycleServer(settings: settings).run(withDemonstration: demonstration)
    }
}
