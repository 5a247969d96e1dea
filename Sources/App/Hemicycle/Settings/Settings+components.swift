import Archive
import Files
import Letters
import Packaging
import Programme
import RTMPServer
import Recording
import Registration
import Rooms
import SMTP
import SecureTransport
import Streams
import WebRTCServer
import WebServer

/// The settings as the components take them.
extension Settings {
    /// The address that people use.
    var publicAddress: String {
        guard http.publicAddress.isEmpty else { return http.publicAddress }
        let host = http.host.contains(":") ? "[\(http.host)]" : http.host
        return "\(http.certificate.isEmpty ? "http" : "https")://\(host):\(http.port)"
    }

    /// Where production desks push to, from this machine.
    var rtmpAddress: String {
        let host = ["0.0.0.0", "::"].contains(rtmp.host) ? "127.0.0.1" : rtmp.host
        return "rtmp://\(host.contains(":") ? "[\(host)]" : host):\(rtmp.port)/\(RTMPIngest.Configuration().application)"
    }

    var feeds: FeedDirectory.Configuration {
        var feeds = FeedDirectory.Configuration()
        feeds.patience = media.patience
        return feeds
    }

    var rooms: RoomDirectory.Configuration {
        var rooms = RoomDirectory.Configuration()
        rooms.passLifetime = sessions.passLifetime
        rooms.clock.doorsBefore = sessions.doorsBefore
        return rooms
    }

    var chunking: FeedChunker.Configuration {
        var chunking = FeedChunker.Configuration()
        chunking.partDuration = media.partDuration
        chunking.segmentDuration = media.segmentDuration
        return chunking
    }

    var recorder: RecordingWriter.Configuration {
        RecordingWriter.Configuration(syncInterval: recording.syncInterval)
    }

    var workshop: ArchiveWorkshop.Configuration {
        var workshop = ArchiveWorkshop.Configuration()
        workshop.verifyEvery = archive.verifyEvery > .zero ? archive.verifyEvery : nil
        workshop.verificationRate = archive.verificationRate * 1_000_000
        return workshop
    }

    /// - Throws: where the certificate for RTMPS cannot be read.
    func ingest() throws -> RTMPIngest.Configuration {
        var ingest = RTMPIngest.Configuration()
        ingest.host = rtmp.host
        ingest.port = rtmp.port
        ingest.maximumConnections = rtmp.maximumConnections
        if let port = rtmp.tlsPort, let files = rtmpCertificate {
            ingest.tls = RTMPIngest.TLS(port: port, configuration: try files.load())
        }
        return ingest
    }

    /// Where the pages are, unless it is said otherwise.
    private var peerHosts: [String] {
        let named = Self.items(in: webrtc.hosts)
        guard named.isEmpty else { return named }
        return http.host == "::" ? ["0.0.0.0", "::"] : [http.host]
    }

    var peers: PeerServer.Configuration {
        var peers = PeerServer.Configuration()
        peers.hosts = peerHosts
        peers.port = webrtc.port
        peers.announced = Self.items(in: webrtc.announcedAddresses)
        peers.maximumPeers = webrtc.maximumPeers
        return peers
    }

    /// - Throws: where the certificate for WebRTC cannot be read.
    func peerIdentity() throws -> DTLSIdentity {
        guard !webrtc.certificate.isEmpty else { return try DTLSIdentity() }
        return try DTLSIdentity(certificate: webrtc.certificate, key: webrtc.privateKey)
    }

    var web: HTTPService.Configuration {
        var web = HTTPService.Configuration()
        web.address = http.host
        web.port = http.port
        web.trustedProxies = Set(Self.items(in: http.trustedProxies))
        web.allowedOrigins = Set(Self.items(in: http.allowedOrigins))
        web.metricsReaders = Set(Self.items(in: metrics.readers))
        web.limits.connections = http.connectionsPerAddress
        web.limits.requests = http.requestsPerAddress
        web.limits.mediaRequests = http.mediaRequestsPerAddress
        web.tls = httpCertificate
        return web
    }

    /// - Throws: where `mail.from` is no mail address.
    func postOffice() throws -> PostOffice.Configuration {
        guard let sender = MailAddress(mail.from) else {
            throw SettingsError(faults: ["mail.from is no mail address such as conference@example.org."])
        }
        return PostOffice.Configuration(sender: sender)
    }

    /// Gives letters to the mail server; for want of one, lays them down in a folder.
    var letterCarrier: any LetterCarrier {
        guard !mail.server.isEmpty else { return SpoolCarrier(mailSpool) }
        var server = SMTPServer.Configuration(address: mail.server, encryption: mail.encryption)
        if !mail.user.isEmpty { server.account = SMTPServer.Account(name: mail.user, password: mail.password) }
        if !mail.authorities.isEmpty { server.authorities = mail.authorities }
        return SMTPCarrier(SMTPServer(server))
    }

    var mailSpool: Path {
        mail.spool.isEmpty ? Path(dataFolder).appending("mail") : Path(mail.spool)
    }

    var links: LinkDesk.Configuration {
        var links = LinkDesk.Configuration()
        links.perAddress = mail.linksPerAddress
        links.perNetwork = mail.linksPerNetwork
        return links
    }

    var httpCertificate: TLSFiles? {
        http.certificate.isEmpty ? nil : TLSFiles(certificate: http.certificate, key: http.privateKey)
    }

    /// That of HTTP unless it has one of its own.
    var rtmpCertificate: TLSFiles? {
        rtmp.certificate.isEmpty ? httpCertificate : TLSFiles(certificate: rtmp.certificate, key: rtmp.privateKey)
    }
}
