import ArgumentParser
import Hemicycle

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check this machine and the configuration, and say what mends each fault.",
        discussion:
            "The exit status is 1 where anything is wrong. Run it before `serve`: ports that a running server holds are taken.")

    @OptionGroup var options: ServerOptions

    @Argument(parsing: .allUnrecognized, help: ArgumentHelp("Settings as flags, as for serve.", valueName: "setting"))
    var flags: [String] = []

    func run() async throws {
        let findings = await SelfCheck(settings: try await options.settings(flags: flags)).run()
        for finding in findings { print(finding) }
        if findings.contains(where: \.isFault) { throw ExitCode.failure }
    }
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the version.")

    func run() {
        print("hemicycle \(ProgramVersion.text)")
    }
}
