import FFmpeg
import Files
import FoundationEssentials
import NIOCore
import NIOPosix
import SMTP
import SecureTransport
package import Time
import WebRTCServer
import WebServer

/// Looks at everything that the server will need, before it is needed, and says what mends each fault (O-1).
package struct SelfCheck: Sendable {
    /// Less free space than this is a warning: about an hour of one session at 8 Mbit/s.
    static let comfortableBytes: Int64 = 4 << 30
    /// Less is a fault: the server could not even keep its database.
    static let minimumBytes: Int64 = 100 << 20

    private let settings: Settings
    private let clock: any WallClock

    package init(settings: Settings, clock: any WallClock = SystemWallClock()) {
        self.settings = settings
        self.clock = clock
    }

    package func run() async -> [Finding] {
        var findings = [Finding.sound("version", "hemicycle \(ProgramVersion.text)")] + libraries()
        findings += folder() + certificates() + [mail(), now()]
        findings.append(await port("http", settings.http.host, settings.http.port, "http.port"))
        findings.append(await port("rtmp", settings.rtmp.host, settings.rtmp.port, "rtmp.port"))
        if let secure = settings.rtmp.tlsPort {
            findings.append(await port("rtmps", settings.rtmp.host, secure, "rtmp.tls-port"))
        }
        for host in settings.peers.hosts {
            findings.append(await port("webrtc", host, settings.webrtc.port, "webrtc.port"))
        }
        return findings
    }

    private func libraries() -> [Finding] {
        [ffmpeg(), .sound("OpenSSL", OpenSSLLibrary.version), curl()]
    }

    private func ffmpeg() -> Finding {
        do {
            try FFmpegLibrary.find()
            return .sound("FFmpeg", ([FFmpegLibrary.release] + FFmpegLibrary.libraries).joined(separator: ", "))
        } catch {
            return .fault("FFmpeg", error.reason, mend: FFmpegMissing.mend)
        }
    }

    private func curl() -> Finding {
        guard let version = CurlLibrary.version else {
            return .fault("libcurl", "cannot be loaded", mend: CurlLibrary.mend)
        }
        return .sound("libcurl", version)
    }

    private func mail() -> Finding {
        guard settings.mail.server.isEmpty else {
            return .sound("mail", "goes to \(settings.mail.server) (\(settings.mail.encryption.rawValue))")
        }
        return .sound("mail", "is laid down in \(settings.mailSpool) for somebody to pass on, as mail.server names no server")
    }

    /// A clock that is far off spoils the programme, sign-in links and every recording's time line.
    private func now() -> Finding {
        let now = clock.now()
        guard now > ProgramVersion.madeAfter else {
            return .fault(
                "clock", "this machine says that it is \(now)", mend: "Set the clock and keep it by NTP (apt install chrony).")
        }
        return .sound("clock", "\(now)")
    }
}

// MARK: - Disk

extension SelfCheck {
    private func folder() -> [Finding] {
        let path = Path(settings.dataFolder)
        do {
            let folder = try Folder(DataFolder(path).path)
            try folder.replace("self-check", with: [])
            try folder.remove("self-check")
            return [.sound("data folder", "\(path) can be written"), try space(in: path)]
        } catch let error as DataFolderError where error.code == .inUse {
            return [.warning("data folder", "\(path) is held by a running server")]
        } catch {
            return [
                .fault(
                    "data folder", "\(error)",
                    mend: "Create \(path) for the user that runs hemicycle, or set data.folder to a folder that it may write.")
            ]
        }
    }

    private func space(in path: Path) throws(FileError) -> Finding {
        let free = try Folder(path).freeBytes()
        let text = "\(free >> 20) MiB free for recordings"
        guard free >= Self.minimumBytes else {
            return .fault("disk", text, mend: "Make room on the disk of \(path), or set data.folder to another disk.")
        }
        return free >= Self.comfortableBytes ? .sound("disk", text) : .warning("disk", text)
    }
}

// MARK: - Network

extension SelfCheck {
    /// Whether the port can be opened, by opening and closing it.
    private func port(_ name: String, _ host: String, _ port: Int, _ key: String) async -> Finding {
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port).get()
            try await channel.close()
            return .sound("\(name) port", "\(host):\(port) is free")
        } catch {
            return .fault(
                "\(name) port", "\(host):\(port) cannot be opened (\(error))",
                mend:
                    "Stop the program that holds it (ss -ltnp 'sport = :\(port)' shows it), or set another address or \(key)."
            )
        }
    }

    private func certificates() -> [Finding] {
        let plain = Finding.sound("certificate", "none; plain HTTP, for this machine or behind a proxy")
        let http = settings.httpCertificate.map { findings(on: $0, "certificate", "http") } ?? [plain]
        guard let rtmp = settings.rtmpCertificate, rtmp != settings.httpCertificate else { return http }
        return http + findings(on: rtmp, "rtmps certificate", "rtmp")
    }

    private func findings(on files: TLSFiles, _ subject: String, _ section: String) -> [Finding] {
        do {
            let certificate = try CertificateInspection(certificate: files.certificate, key: files.key)
            let faults = certificate.faults(at: clock.now())
            guard faults.isEmpty else { return faults.map { judge($0, certificate, subject) } }
            return [.sound(subject, "\(certificate.subject), valid until \(certificate.notAfter)")]
        } catch {
            return [
                .fault(
                    subject, error.message,
                    mend: "Set \(section).certificate and \(section).private-key to PEM files of the chain and its key, "
                        + "readable by hemicycle.")
            ]
        }
    }

    private func judge(_ fault: CertificateInspection.Fault, _ certificate: CertificateInspection, _ subject: String) -> Finding {
        switch fault {
        case .expiresSoon: .warning(subject, "\(fault)")
        default: .fault(subject, certificate.subject, mend: "\(fault)")
        }
    }
}
