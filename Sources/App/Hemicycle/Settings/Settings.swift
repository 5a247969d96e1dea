import Foundation
package import Logging
import NIOCore
import Registration
package import SMTP

/// Everything that an operator may set, with its default. `catalogue` says how each is written; `Config/hemicycle.yaml` tells what
/// each is for, and a test holds the two together.
package struct Settings: Sendable {
    package struct HTTP: Sendable {
        package var host = "127.0.0.1"
        package var port = 8080
        /// PEM files; both or neither. With them the server speaks TLS (HTTP/1.1 and HTTP/2).
        package var certificate = ""
        package var privateKey = ""
        /// The address that people use, for links: `https://live.example.org`. Empty: derived from host and port.
        package var publicAddress = ""
        /// Addresses of proxies on which `X-Forwarded-Proto`, `-Host` and `-For` count, with commas between.
        package var trustedProxies = ""
        /// Origins whose pages may read live media, with commas between.
        package var allowedOrigins = ""
        /// What one address may have: connections at one time, requests a second.
        package var connectionsPerAddress = 2000
        package var requestsPerAddress = 500
        package var mediaRequestsPerAddress = 10_000
    }

    package struct RTMP: Sendable {
        package var host = "127.0.0.1"
        package var port = 1935
        /// Beside it, within TLS; nil: not at all.
        package var tlsPort: Int?
        /// PEM files for TLS; empty: those of HTTP.
        package var certificate = ""
        package var privateKey = ""
        package var maximumConnections = 500
    }

    package struct WebRTC: Sendable {
        /// Addresses to listen on, with commas between; empty: where HTTP is.
        package var hosts = ""
        /// For UDP and TCP.
        package var port = 8189
        /// Addresses that peers are told to come to, with commas between; empty: those that are listened on.
        package var announcedAddresses = ""
        /// PEM files; both or neither. Without them a certificate is made at each start.
        package var certificate = ""
        package var privateKey = ""
        package var maximumPeers = 5000
    }

    package struct Media: Sendable {
        package var partDuration: Duration = .milliseconds(500)
        package var segmentDuration: Duration = .seconds(2)
        /// How far back participants may go in a running session.
        package var rewind: Duration = .seconds(7200)
        /// How long a feed waits for its publisher to come back.
        package var patience: Duration = .seconds(60)
    }

    package struct Recording: Sendable {
        /// How often what was written is forced to disk: the most that a power cut can take.
        package var syncInterval: Duration = .seconds(1)
    }

    package struct Archive: Sendable {
        /// Zero: only what people order is verified.
        package var verifyEvery: Duration = .seconds(7 * 86_400)
        /// Megabytes a second that verification reads at most.
        package var verificationRate = 50
    }

    package struct Metrics: Sendable {
        /// Addresses that may read `/metrics`, with commas between; empty: nobody may.
        package var readers = "127.0.0.1, ::1"
    }

    package struct Log: Sendable {
        package var level = Logger.Level.info
        package var format = LogFormat.text
    }

    package struct Sessions: Sendable {
        package var doorsBefore: Duration = .seconds(15 * 60)
        package var passLifetime: Duration = .seconds(300)
        package var signInLifetime: Duration = .seconds(14 * 86_400)
    }

    package struct Mail: Sendable {
        /// Who letters come from.
        package var from = "hemicycle@localhost.localdomain"
        /// Host and port of the server that they are given to; empty: they are laid down in `spool`.
        package var server = ""
        package var encryption = SMTPServer.Encryption.startTLS
        package var user = ""
        package var password = ""
        /// A PEM file with who may vouch for the server; empty: those that the system trusts.
        package var authorities = ""
        /// Where they are laid down; empty: the folder `mail` of the data folder.
        package var spool = ""
        /// Sign-in links within a quarter of an hour for one mail address, and from one network.
        package var linksPerAddress = 3
        package var linksPerNetwork = 100
    }

    package var dataFolder = "data"
    package var http = HTTP()
    package var rtmp = RTMP()
    package var webrtc = WebRTC()
    package var media = Media()
    package var recording = Recording()
    package var archive = Archive()
    package var sessions = Sessions()
    package var mail = Mail()
    /// A graceful stop takes no longer than this.
    package var stopWithin: Duration = .seconds(10)
    package var metrics = Metrics()
    package var log = Log()

    package init() {}
}

extension Settings {
    /// Every key of the configuration file, in the file's order.
    package static let catalogue: [Setting] = [
        .text("data.folder", \.dataFolder, accepted: "the path of a folder, of at most \(DataFolder.maximumPath) bytes") {
            !$0.isEmpty && $0.utf8.count <= DataFolder.maximumPath
        },
        .text("http.host", \.http.host, accepted: "an address to listen on, such as 127.0.0.1, :: or 0.0.0.0") { !$0.isEmpty },
        .integer("http.port", \.http.port, 0...65_535),
        .text("http.certificate", \.http.certificate, accepted: "the path of a PEM file, or nothing") { _ in true },
        .text("http.private-key", \.http.privateKey, accepted: "the path of a PEM file, or nothing") { _ in true },
        .text("http.public-address", \.http.publicAddress, accepted: "an address such as https://live.example.org, or nothing") {
            $0.isEmpty || (($0.hasPrefix("https://") || $0.hasPrefix("http://")) && !$0.hasSuffix("/"))
        },
        .text(
            "http.trusted-proxies", \.http.trustedProxies, accepted: "addresses such as 127.0.0.1, ::1, or nothing", areAddresses),
        .text("http.allowed-origins", \.http.allowedOrigins, accepted: "origins such as https://player.example.org, or nothing") {
            items(in: $0).allSatisfy(isOrigin)
        },
        .integer("http.connections-per-address", \.http.connectionsPerAddress, 1...100_000),
        .integer("http.requests-per-address", \.http.requestsPerAddress, 1...1_000_000),
        .integer("http.media-requests-per-address", \.http.mediaRequestsPerAddress, 1...1_000_000),
        .text("rtmp.host", \.rtmp.host, accepted: "an address to listen on, such as 127.0.0.1, :: or 0.0.0.0") { !$0.isEmpty },
        .integer("rtmp.port", \.rtmp.port, 0...65_535),
        .optionalInteger("rtmp.tls-port", \.rtmp.tlsPort, 0...65_535),
        .text("rtmp.certificate", \.rtmp.certificate, accepted: "the path of a PEM file, or nothing") { _ in true },
        .text("rtmp.private-key", \.rtmp.privateKey, accepted: "the path of a PEM file, or nothing") { _ in true },
        .integer("rtmp.maximum-connections", \.rtmp.maximumConnections, 1...10_000),
        .text("webrtc.hosts", \.webrtc.hosts, accepted: "addresses to listen on, such as 0.0.0.0, ::, or nothing", areAddresses),
        .integer("webrtc.port", \.webrtc.port, 0...65_535),
        .text(
            "webrtc.announced-addresses", \.webrtc.announcedAddresses, accepted: "addresses such as 203.0.113.7, or nothing",
            areAddresses),
        .text("webrtc.certificate", \.webrtc.certificate, accepted: "the path of a PEM file, or nothing") { _ in true },
        .text("webrtc.private-key", \.webrtc.privateKey, accepted: "the path of a PEM file, or nothing") { _ in true },
        .integer("webrtc.maximum-peers", \.webrtc.maximumPeers, 1...100_000),
        .duration("media.part-duration", \.media.partDuration, .milliseconds(200) ... .seconds(1)),
        .duration("media.segment-duration", \.media.segmentDuration, .seconds(1) ... .seconds(4)),
        .duration("media.rewind", \.media.rewind, .zero ... .seconds(86_400)),
        .duration("media.patience", \.media.patience, .seconds(2) ... .seconds(3600)),
        .duration("recording.sync-interval", \.recording.syncInterval, .milliseconds(100) ... .seconds(60)),
        .duration("archive.verify-every", \.archive.verifyEvery, .zero ... .seconds(3650 * 86_400)),
        .integer("archive.verification-rate", \.archive.verificationRate, 1...10_000),
        .duration("sessions.doors-before", \.sessions.doorsBefore, .zero ... .seconds(86_400)),
        .duration("sessions.pass-lifetime", \.sessions.passLifetime, .seconds(30) ... .seconds(3600)),
        .duration("sessions.sign-in-lifetime", \.sessions.signInLifetime, .seconds(600) ... .seconds(90 * 86_400)),
        .text("mail.from", \.mail.from, accepted: "a mail address such as conference@example.org") { MailAddress($0) != nil },
        .text("mail.server", \.mail.server, accepted: "host and port such as mail.example.org:587, or nothing") {
            $0.isEmpty || isHostWithPort($0)
        },
        .choice("mail.encryption", \.mail.encryption, SMTPServer.Encryption.allCases),
        .text("mail.user", \.mail.user, accepted: "a name, or nothing") { _ in true },
        .text("mail.password", \.mail.password, accepted: "a password, or nothing") { _ in true },
        .text("mail.authorities", \.mail.authorities, accepted: "the path of a PEM file, or nothing") { _ in true },
        .text("mail.spool", \.mail.spool, accepted: "the path of a folder, or nothing") { _ in true },
        .integer("mail.links-per-address", \.mail.linksPerAddress, 1...1000),
        .integer("mail.links-per-network", \.mail.linksPerNetwork, 1...100_000),
        .duration("stop.within", \.stopWithin, .seconds(1) ... .seconds(300)),
        .text("metrics.readers", \.metrics.readers, accepted: "addresses such as 127.0.0.1, ::1, or nothing", areAddresses),
        .choice("log.level", \.log.level, Logger.Level.allCases),
        .choice("log.format", \.log.format, LogFormat.allCases),
    ]

    /// The items of a list with commas between.
    static func items(in text: String) -> [String] {
        text.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }
    }

    private static func areAddresses(_ text: String) -> Bool {
        items(in: text).allSatisfy { (try? SocketAddress(ipAddress: $0, port: 0)) != nil }
    }

    private static func isHostWithPort(_ text: String) -> Bool {
        guard let parts = URLComponents(string: "smtp://\(text)"), let host = parts.host, !host.isEmpty else { return false }
        return parts.port != nil && parts.user == nil && parts.path.isEmpty && parts.query == nil && parts.fragment == nil
    }

    /// Scheme, host and port as a browser writes them in `Origin` (RFC 6454 §6.2), which are compared letter by letter.
    private static func isOrigin(_ text: String) -> Bool {
        guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else { return false }
        return ["http", "https"].contains(parts.scheme) && text == text.lowercased() && parts.path.isEmpty && parts.user == nil
            && parts.query == nil && parts.fragment == nil
    }
}
