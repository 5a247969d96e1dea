import Access
import ArgumentParser
import Hemicycle
import Identifiers
import Registration

extension ServerOptions {
    /// Has the request carried out by the running server, or here where none is running, and prints the answer.
    func carryOut(_ request: AdministrationRequest) async throws {
        let answer = try await Administration.carryOut(request, settings: try await settings())
        print(answer.text)
        if !answer.succeeded { throw ExitCode.failure }
    }
}

struct StreamKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stream-key", abstract: "The keys with which production desks publish to a room.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a stream key; it is shown this once.")
        @OptionGroup var options: ServerOptions
        @Option(help: "The room's id; `stream-key list` shows the rooms.") var room: RoomID
        @Option(help: "What the key is for, for example “OBS in the press room”.") var name: String

        func run() async throws { try await options.carryOut(.createStreamKey(room: room, name: name)) }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List rooms and their stream keys.")
        @OptionGroup var options: ServerOptions

        func run() async throws { try await options.carryOut(.listStreamKeys) }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a stream key void; who publishes with it is cut off.")
        @OptionGroup var options: ServerOptions
        @Argument(help: "The key's id.") var key: StreamKeyID

        func run() async throws { try await options.carryOut(.revokeStreamKey(key)) }
    }
}

struct ParticipantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "participant", abstract: "The participants of a conference.",
        subcommands: [Create.self, Import.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Register a participant.")
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String
        @Option(help: "As it is shown in the rooms.") var name: String
        @Option(help: "The mail address that they sign in with.") var mail: String
        @Option(help: "The parliament or organisation.") var organisation: String
        @Option(help: "In which they attend.") var capacity = Capacity.member
        @Option(name: .customLong("audience"), help: "To which they belong; repeat it for several. Members are members anyway.")
        var audiences: [Audience] = []
        @Option(name: .customLong("grant"), help: "What they may do; repeat it for several.")
        var grants: [Grant] = [.participant]

        func run() async throws {
            try await options.carryOut(
                .createParticipant(
                    .init(
                        conference: conference, name: name, mail: mail, organisation: organisation, capacity: capacity,
                        audiences: audiences, grants: grants)))
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register everybody whom a CSV file lists; all of them or, where a row has a fault, nobody.",
            discussion: """
                The first row names the columns: name (or first name and last name), mail, organisation, and, where you like, capacity,
                audiences and grants, with several words in one cell. Commas, semicolons and tabs are understood.
                """)
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String
        @Flag(help: "Show what would be registered and every fault by its row; nothing is changed.") var preview = false
        @Flag(help: "Register those whose rows have no fault.") var partial = false
        @OptionGroup var source: TextFile

        func run() async throws {
            let csv = try source.text(longest: Roster.longest)
            try await options.carryOut(
                .importParticipants(.init(conference: conference, csv: csv, isPreview: preview, isPartial: partial)))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the participants of a conference.")
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String

        func run() async throws { try await options.carryOut(.listParticipants(conference: conference)) }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take every right from a participant; what they watch ends within 5 seconds.")
        @OptionGroup var options: ServerOptions
        @Argument(help: "The participant's id.") var participant: ParticipantID

        func run() async throws { try await options.carryOut(.revokeParticipant(participant)) }
    }
}

struct SignInLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in-link", abstract: "Make the link with which a person signs in.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a link that signs a person in, once, within 20 minutes.")
        @OptionGroup var options: ServerOptions
        @Argument(help: "The person's mail address.") var mail: String

        func run() async throws { try await options.carryOut(.createSignInLink(mail: mail)) }
    }
}

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "The tokens with which scripts use the API.",
        subcommands: [Create.self, List.self, Revoke.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token; it is shown this once.")
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String
        @Option(help: "What the token is for.") var name: String
        @Option(name: .customLong("scope"), help: "What it may be used for; repeat it for several.")
        var scopes: [Scope]
        @Option(help: "Days until it expires; without it, never.") var days: Int?

        func run() async throws {
            try await options.carryOut(.createToken(conference: conference, name: name, scopes: scopes, days: days))
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the tokens of a conference.")
        @OptionGroup var options: ServerOptions
        @Option(help: .conference) var conference: String

        func run() async throws { try await options.carryOut(.listTokens(conference: conference)) }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make a token void.")
        @OptionGroup var options: ServerOptions
        @Argument(help: "The token's id.") var token: TokenID

        func run() async throws { try await options.carryOut(.revokeToken(token)) }
    }
}

struct RecordingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recording", abstract: "The recordings that this server keeps.",
        subcommands: [List.self, Verify.self, Space.self, Budget.self, Retention.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the recordings and their state.")
        @OptionGroup var options: ServerOptions

        func run() async throws { try await options.carryOut(.listRecordings) }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every byte of recordings against what was written down about it.",
            discussion: "The exit status is 1 where anything differs.")
        @OptionGroup var options: ServerOptions
        @Argument(help: "The recordings' ids; without any, all that are ready.") var recordings: [RecordingID] = []

        func run() async throws { try await options.carryOut(.verifyRecordings(recordings)) }
    }
}

extension ArgumentHelp {
    static let conference = ArgumentHelp(
        "The conference, by the word in its address: “demonstration”.", valueName: "word")
}

extension Identifier: ExpressibleByArgument {
    init?(argument: String) { self.init(argument) }
}

extension Audience: ExpressibleByArgument {}
extension Capacity: ExpressibleByArgument {}
extension Grant: ExpressibleByArgument {}
extension Scope: ExpressibleByArgument {}
