package import Time

/// What a certificate file and its key file hold, as an operator needs to know before the server starts with them.
package struct CertificateInspection: Hashable, Sendable {
    /// As OpenSSL writes it in one line: `/C=FR/CN=hub.example`.
    package let subject: String
    /// The DNS names and addresses for which browsers accept it; the subject does not count for that (RFC 9525 §2).
    package let alternativeNames: [String]
    package let notBefore: UTCInstant
    package let notAfter: UTCInstant
    /// Whether the private key is the one of the certificate.
    package let keyFits: Bool

    /// Reads both files, which are PEM; of several certificates the first counts.
    package init(certificate: String, key: String) throws(CertificateError) {
        let read = try PEMFile(certificate).certificate()
        let validity = try read.validity()
        subject = read.subject
        alternativeNames = read.alternativeNames
        notBefore = validity.from
        notAfter = validity.to
        keyFits = read.fits(try PEMFile(key).privateKey())
    }

    /// What is wrong with them at this instant, or soon will be.
    package enum Fault: Hashable, Sendable {
        case keyDoesNotFit
        case notYetValid(from: UTCInstant)
        case expired(at: UTCInstant)
        /// It is valid now, for less than `warningTime`.
        case expiresSoon(at: UTCInstant)
        /// It names no host, so no browser accepts it.
        case namesNoHost
    }

    /// Long enough to renew a certificate during a conference's recess.
    package static let warningTime = Duration.seconds(14 * 86_400)

    package func faults(at now: UTCInstant) -> [Fault] {
        var faults: [Fault] = []
        if !keyFits { faults.append(.keyDoesNotFit) }
        if alternativeNames.isEmpty { faults.append(.namesNoHost) }
        if now < notBefore { faults.append(.notYetValid(from: notBefore)) }
        if now > notAfter {
            faults.append(.expired(at: notAfter))
        } else if notAfter.since(now) < Self.warningTime {
            faults.append(.expiresSoon(at: notAfter))
        }
        return faults
    }
}

/// In words, with what mends it.
extension CertificateInspection.Fault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .keyDoesNotFit: "The private key is not the one of the certificate; give the two that were made together."
        case .notYetValid(let from): "The certificate is valid only from \(from); is this machine's clock right?"
        case .expired(let at): "The certificate expired at \(at); renew it."
        case .expiresSoon(let at): "The certificate expires at \(at); renew it before then."
        case .namesNoHost: "The certificate has no subject alternative name, so browsers refuse it; have it made with one."
        }
    }
}
