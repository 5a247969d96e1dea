import Identifiers
package import Logging
package import Registration
import ServiceLifecycle
package import Time

/// Sends letters, one after the other, and again while that fails for a reason that may pass.
///
/// What is to go stands in the database and nowhere else, so that a crash loses nothing. An attempt is written down before it is
/// made: a letter that went out at the very moment of a crash goes out again, under a Message-ID of its own.
package final class PostOffice: Service {
    package struct Configuration: Sendable {
        /// Who the letters come from.
        package var sender: MailAddress
        /// Until the second attempt; twice as long before each further one, up to the longest.
        package var firstPause: Duration = .seconds(15)
        package var longestPause: Duration = .seconds(15 * 60)
        /// A letter that could not be sent for so long is given up.
        package var patience: Duration = .seconds(24 * 3600)
        /// How often it looks for what has become due.
        package var pause: Duration = .seconds(5)

        package init(sender: MailAddress) {
            self.sender = sender
        }
    }

    /// Who does the work.
    package struct Staff: Sendable {
        let people: any RegistrationRepository
        let signIns: SignInDesk
        let writer: any LetterWriter
        let carrier: any LetterCarrier

        package init(
            people: any RegistrationRepository, signIns: SignInDesk, writer: any LetterWriter, carrier: any LetterCarrier
        ) {
            self.people = people
            self.signIns = signIns
            self.writer = writer
            self.carrier = carrier
        }
    }

    private let configuration: Configuration
    private let repository: any LetterRepository
    private let staff: Staff
    private let clock: any WallClock
    private let logger: Logger
    private let wakes: AsyncStream<Void>
    private let inlet: AsyncStream<Void>.Continuation

    package init(
        _ configuration: Configuration, repository: any LetterRepository, staff: Staff, clock: any WallClock, logger: Logger
    ) {
        self.configuration = configuration
        self.repository = repository
        self.staff = staff
        self.clock = clock
        self.logger = logger
        (wakes, inlet) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Whether letters lie in a folder until somebody passes them on.
    package var isSpooling: Bool { staff.carrier is SpoolCarrier }

    /// Takes a letter on. When it returns, a crash does not lose it any more.
    package func post(
        _ kind: Letter.Kind, to mail: MailAddress, in language: String, matter: [String: String] = [:]
    ) async throws {
        let now = clock.now()
        try await repository.add(
            Letter(id: LetterID(at: now), kind: kind, mail: mail, language: language, matter: matter, writtenAt: now))
        inlet.yield()
    }

    /// Works until the server stops: a letter that is on its way then may be cut off, and goes again at the next start.
    package func run() async {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepTime() }
                for await _ in wakes {
                    while !Task.isShuttingDownGracefully, !Task.isCancelled, await sendNext() {}
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.inlet.finish()
        }
    }

    private func keepTime() async {
        while !Task.isCancelled {
            inlet.yield()
            try? await Task.sleep(for: configuration.pause)
        }
    }

    /// Tries the letter that has been due for longest.
    ///
    /// - Returns: whether it is worth while to go on at once with the next one.
    func sendNext() async -> Bool {
        do {
            let now = clock.now()
            guard var letter = try await repository.letter(due: now) else { return false }
            letter.attempts += 1
            letter.dueAt = now.advanced(by: pause(after: letter.attempts))
            try await repository.update(letter)
            return try await send(letter)
        } catch {
            logger.error("the letters to be sent cannot be looked up", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func send(_ letter: Letter) async throws -> Bool {
        do {
            if let mail = try await mail(of: letter) { try await staff.carrier.carry(mail) }
            try await repository.removeLetter(letter.id)
            return true
        } catch let error as CarriageError {
            try await keep(letter, error)
            return error.code != .unreachable
        }
    }

    /// Nil where nobody has the letter's address.
    private func mail(of letter: Letter) async throws -> Mail? {
        guard let person = try await staff.people.person(mail: letter.mail) else { return nil }
        let content: LetterContent
        switch letter.kind {
        case .signInLink:
            let secret = try await staff.signIns.makeLink(for: person.id)
            content = .signInLink(secret, name: person.name, next: letter.matter["next"])
        }
        let name = "\(letter.id)-\(letter.attempts)"
        let message = MailMessage(
            name: name, date: clock.now(), sender: configuration.sender, recipient: letter.mail,
            text: staff.writer.write(content, in: letter.language))
        return Mail(name: name, sender: configuration.sender, recipient: letter.mail, message: message.bytes)
    }

    private func keep(_ letter: Letter, _ error: CarriageError) async throws {
        var letter = letter
        letter.note = error.description
        let isTooOld = clock.now().since(letter.writtenAt) >= configuration.patience
        if error.code == .refused || isTooOld { letter.state = .failed }
        try await repository.update(letter)
        logger.warning(
            letter.state == .failed ? "a letter is given up" : "a letter could not be sent yet",
            metadata: ["letter": "\(letter.id)", "attempts": "\(letter.attempts)", "error": "\(error)"])
    }

    private func pause(after attempts: Int) -> Duration {
        let doublings = max(0, min(attempts - 1, 20))
        return min(configuration.firstPause * (1 << doublings), configuration.longestPause)
    }
}
