import Dispatch
import Synchronization

/// A server that takes mail and passes it on (RFC 5321, RFC 6409), spoken to through libcurl.
package final class SMTPServer: Sendable {
    package struct Configuration: Sendable {
        /// `mail.example.org:587`, `[2001:db8::1]:25`.
        package let address: String
        package let encryption: Encryption
        /// Name and password (RFC 4954); nil where the server asks for none.
        package var account: Account?
        /// The path of a PEM file with the authorities that may vouch for the server; nil for those of the system.
        package var authorities: String?

        package init(address: String, encryption: Encryption) {
            self.address = address
            self.encryption = encryption
        }
    }

    package enum Encryption: String, CaseIterable, Sendable {
        /// Asked for at the beginning, and nothing is said without it (RFC 3207).
        case startTLS = "starttls"
        /// From the first byte (RFC 8314 §3.3).
        case tls
        case none
    }

    package struct Account: Sendable, CustomStringConvertible, CustomDebugStringConvertible {
        let name: String
        let password: String

        package init(name: String, password: String) {
            self.name = name
            self.password = password
        }

        package var description: String { "‹redacted›" }
        package var debugDescription: String { "‹redacted›" }
    }

    private let configuration: Configuration
    /// libcurl waits for the network, one message after the other.
    private let queue = DispatchQueue(label: "hemicycle.mail", qos: .utility)

    package init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Returns when the server has taken the message on. Cancelled, it leaves off within about a second.
    ///
    /// - Parameter message: RFC 5322, with CRLF at the end of every line.
    package func send(_ message: [UInt8], from sender: String, to recipient: String) async throws(SMTPError) {
        let stop = StopMark()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [configuration] in
                    let result = Result { () throws(SMTPError) in
                        var submission = try Submission(to: configuration, stop: stop)
                        try submission.send(message, from: sender, to: recipient)
                    }
                    continuation.resume(returning: result)
                }
            }
        } onCancel: {
            stop.set()
        }
        try result.get()
    }
}

/// Tells a submission to leave off.
final class StopMark: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
}
