import Configuration
import Foundation
import SystemPackage
import Yams

/// Reads the settings: flags over environment over file over defaults.
package struct SettingsReader {
    /// Null where no file is wanted.
    private let file: String?
    private let flags: SettingFlags
    private let environment: [String: String]

    /// - Parameters:
    ///   - file: the path of a YAML file; it must exist.
    ///   - flags: what stood on the command line beyond the command's own, `--http-port 8443`.
    package init(file: String?, flags: [String], environment: [String: String]) {
        self.file = file
        self.flags = SettingFlags(flags)
        self.environment = environment
    }

    /// - Throws: every fault at once, each with key, value and what is accepted.
    package func read() async throws(SettingsError) -> Settings {
        var faults = flags.faults
        var providers: [any ConfigProvider] = [
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "hemicycle")
        ]
        if let file {
            do {
                providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
                faults += try unknownKeys(in: String(contentsOfFile: file, encoding: .utf8))
            } catch {
                throw SettingsError(faults: ["\(file) cannot be read as a YAML file: \(error)"])
            }
        }
        let (settings, badValues) = settings(from: ConfigReader(providers: providers))
        faults += badValues
        guard faults.isEmpty else { throw SettingsError(faults: faults) }
        return settings
    }

    private func settings(from reader: ConfigReader) -> (Settings, faults: [String]) {
        var settings = Settings()
        var faults: [String] = []
        for setting in Settings.catalogue {
            guard let value = flags.values[setting.key] ?? reader.string(forKey: ConfigKey(setting.key)) else { continue }
            if !setting.take(value, &settings) {
                faults.append("\(setting.key) is “\(value)”; accepted is \(setting.accepted).")
            }
        }
        return (settings, faults + contradictions(in: settings))
    }

    /// Values that are each accepted, but not together.
    private func contradictions(in settings: Settings) -> [String] {
        var faults: [String] = []
        let pairs = [
            ("http", settings.http.certificate, settings.http.privateKey),
            ("rtmp", settings.rtmp.certificate, settings.rtmp.privateKey),
            ("webrtc", settings.webrtc.certificate, settings.webrtc.privateKey),
        ]
        for (section, certificate, key) in pairs where certificate.isEmpty != key.isEmpty {
            faults.append("\(section).certificate and \(section).private-key go together; only one of them is set.")
        }
        if settings.rtmp.tlsPort != nil, settings.rtmpCertificate == nil {
            faults.append("rtmp.tls-port needs a certificate: rtmp.certificate and rtmp.private-key, or those of http.")
        }
        return faults
    }

    private func unknownKeys(in text: String) throws -> [String] {
        let known = Set(Settings.catalogue.map(\.key))
        let keys = try Yams.compose(yaml: text).map { Self.keys(in: $0, below: []) } ?? []
        return keys.filter { !known.contains($0) }.map { "\($0) is no key of the configuration." }
    }

    private static func keys(in node: Node, below path: [String]) -> [String] {
        guard case .mapping(let mapping) = node else { return [path.joined(separator: ".")] }
        return mapping.flatMap { key, value in keys(in: value, below: path + [key.string ?? "?"]) }
    }
}

/// The settings cannot be used; the start is refused.
package struct SettingsError: Error, CustomStringConvertible {
    package let faults: [String]

    package var description: String {
        "The configuration has \(faults.count == 1 ? "a fault" : "\(faults.count) faults"):\n"
            + faults.map { "  - \($0)" }.joined(separator: "\n")
    }
}
