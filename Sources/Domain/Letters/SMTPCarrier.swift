import Registration
package import SMTP
import ServiceLifecycle

/// Gives mail to a server that sends it on.
package struct SMTPCarrier: LetterCarrier {
    private let server: SMTPServer

    package init(_ server: SMTPServer) {
        self.server = server
    }

    /// A stop of the program cuts it off.
    package func carry(_ mail: Mail) async throws(CarriageError) {
        do {
            try await cancelWhenGracefulShutdown {
                try await server.send(mail.message, from: mail.sender.text, to: mail.recipient.text)
            }
        } catch let error as SMTPError {
            throw CarriageError(Self.code(of: error), error.message)
        } catch {
            throw CarriageError(.unreachable, "\(error)")
        }
    }

    /// Only what is said of one recipient for good is final (RFC 5321 §4.2.1): whatever else is refused, the operator may mend.
    static func code(of error: SMTPError) -> CarriageError.Code {
        switch (error.stage, error.answer) {
        case (.recipient, .some(500...)): .refused
        case (.recipient, _), (.content, _): .later
        case (.session, _): .unreachable
        }
    }
}
