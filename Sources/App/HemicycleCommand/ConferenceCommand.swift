import ArgumentParser
import Hemicycle
import Programme

struct ConferenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conference", abstract: "A whole conference as a YAML file: its rooms and its programme.",
        discussion: "Config/conference.example.yaml shows what stands in one.",
        subcommands: [Check.self, Diff.self, Apply.self, Publish.self, Versions.self, Export.self])

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Name every fault of a file by its line and field.")
        @OptionGroup var source: PlanFile

        func run() throws {
            let plan = try source.plan()
            print("\(plan.slug): \(plan.rooms.count) rooms, \(plan.sessions.count) sessions, no fault.")
        }
    }

    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show what a file would change; nothing is changed.")
        @OptionGroup var options: ServerOptions
        @OptionGroup var source: PlanFile

        func run() async throws { try await options.carryOut(.compareConference(yaml: try source.checked())) }
    }

    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Publish a file as the next version of its conference's programme, and show what changed.",
            discussion: "A conference that there is not yet is made. Rooms that the file leaves out stay.")
        @OptionGroup var options: ServerOptions
        @OptionGroup var source: PlanFile
        @Flag(help: "Keep it as a draft, which nobody sees in the programme until it is published.") var draft = false

        func run() async throws {
            let yaml = try source.checked()
            try await options.carryOut(draft ? .keepDraft(yaml: yaml) : .applyConference(yaml: yaml))
        }
    }

    struct Publish: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Publish a draft, and show what changed.")
        @OptionGroup var options: ServerOptions
        @Argument(help: .conference) var conference: String
        @Argument(help: "The number of the draft.") var number: Int

        func run() async throws { try await options.carryOut(.publishDraft(conference: conference, number: number)) }
    }

    struct Versions: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the versions of a programme, drafts among them.")
        @OptionGroup var options: ServerOptions
        @Argument(help: .conference) var conference: String

        func run() async throws { try await options.carryOut(.listVersions(conference: conference)) }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print a conference as YAML.")
        @OptionGroup var options: ServerOptions
        @Argument(help: .conference) var conference: String
        @Option(help: "The number of a draft; without it what is published.") var draft: Int?

        func run() async throws { try await options.carryOut(.exportConference(conference, draft: draft)) }
    }
}

/// The YAML file of a conference, read where the command runs.
struct PlanFile: ParsableArguments {
    @OptionGroup var source: TextFile

    func plan() throws -> ProgrammePlan { try ProgrammePlan(yaml: try text()) }

    /// The text, once it is known to have no fault.
    func checked() throws -> String {
        let text = try text()
        _ = try ProgrammePlan(yaml: text)
        return text
    }

    private func text() throws -> String { try source.text(longest: PlanText.longest) }
}
