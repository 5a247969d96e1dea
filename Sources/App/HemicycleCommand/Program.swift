import ArgumentParser
import Hemicycle

/// `hemicycle`: the server and the commands beside it.
@main
struct Program: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hemicycle",
        abstract: "A hub for online and hybrid conferences between parliaments.",
        discussion: """
            Start with `hemicycle check`, which names what is missing, then `hemicycle serve`. Beside a running server the other \
            commands act through it; without one they take its data folder for themselves.
            """,
        version: ProgramVersion.text,
        subcommands: [
            Serve.self, Check.self, Version.self, SignInLinkCommand.self, ParticipantCommand.self, StreamKeyCommand.self,
            TokenCommand.self, ConferenceCommand.self, RecordingCommand.self,
        ])
}
