import ArgumentParser
import Hemicycle

extension RecordingCommand {
    struct Space: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say what recordings take on the disk, and whether what the programme still has will fit.")
        @OptionGroup var options: ServerOptions

        func run() async throws { try await options.carryOut(.recordingSpace) }
    }

    struct Budget: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set how much the recordings of a conference may take.",
            discussion: "Nothing is cut off at the budget: there is a warning when the programme will not fit in it.")
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String
        @Option(help: "Gigabytes (of 1000000000 bytes); without it there is no budget.") var gigabytes: Double?

        func validate() throws {
            guard 0...1_000_000 ~= gigabytes ?? 0 else { throw ValidationError("A budget is 0 to 1000000 gigabytes.") }
        }

        func run() async throws {
            let bytes = gigabytes.map { Int64(($0 * 1_000_000_000).rounded()) }
            try await options.carryOut(.setRecordingBudget(conference: conference, bytes: bytes))
        }
    }

    struct Retention: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete the recordings of a conference that are older than they are to be kept.",
            discussion: """
                Try it with --dry-run first: it lists every file that would go, and changes nothing. A tombstone and an entry of the \
                audit log remain of each recording.
                """)
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String
        @Option(help: ArgumentHelp("How long after its end a recording is kept.", valueName: "days")) var olderThan: Int
        @Option(help: "Why; it goes on the audit log and the tombstone.") var reason = "It is older than recordings are kept."
        @Flag(help: "Only list what would go.") var dryRun = false

        func run() async throws {
            try await options.carryOut(
                .retainRecordings(.init(conference: conference, days: olderThan, isDryRun: dryRun, reason: reason)))
        }
    }
}
