import Foundation
import Hemicycle
import Testing
import Yams

@Suite struct SettingsTests {
    private func read(_ flags: [String] = [], environment: [String: String] = [:], file: String? = nil) async throws -> Settings {
        try await SettingsReader(file: file, flags: flags, environment: environment).read()
    }

    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("settings-\(UUID()).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// `Config/hemicycle.yaml` of this checkout.
    private var shipped: String {
        URL(fileURLWithPath: #filePath).pathComponents.dropLast(4).joined(separator: "/").dropFirst() + "/Config/hemicycle.yaml"
    }

    @Test func `the shipped file has every key with its default and no other`() async throws {
        let settings = try await read(file: shipped)
        let standard = Settings()
        for setting in Settings.catalogue {
            #expect(setting.written(settings) == setting.written(standard), "\(setting.key)")
        }
        let root = try #require(try Yams.compose(yaml: String(contentsOfFile: shipped, encoding: .utf8)))
        let keys = root.mapping.map { group in
            group.flatMap { name, values in (values.mapping ?? [:]).map { "\(name.string ?? "").\($0.key.string ?? "")" } }
        }
        #expect(Set(keys ?? []) == Set(Settings.catalogue.map(\.key)))
    }

    @Test func `flags win over the environment and the environment over the file`() async throws {
        let path = try file("http:\n  port: 1001\n  host: filehost\nrtmp:\n  port: 1004\n")
        let environment = ["HEMICYCLE_HTTP_PORT": "1002", "HEMICYCLE_RTMP_PORT": "1003"]
        let settings = try await read(["--http-port", "1005"], environment: environment, file: path)
        #expect(settings.http.port == 1005)
        #expect(settings.rtmp.port == 1003)
        #expect(settings.http.host == "filehost")
    }

    @Test(arguments: [
        ("http.port", "65536"), ("http.port", "eighty"), ("http.port", "-1"), ("media.part-duration", "2s"),
        ("media.part-duration", "500"), ("media.part-duration", "nan s"), ("recording.sync-interval", "0s"),
        ("log.level", "loud"), ("http.public-address", "live.example.org"), ("data.folder", ""),
        ("http.trusted-proxies", "127.0.0.1, proxy.example.org"), ("media.segment-duration", "5s"),
        ("data.folder", "/" + String(repeating: "d", count: 94)), ("rtmp.tls-port", "65536"), ("rtmp.tls-port", "none"),
    ])
    func `a bad value stops the start with key, value and what is accepted`(key: String, value: String) async throws {
        let setting = try #require(Settings.catalogue.first { $0.key == key })
        let error = await #expect(throws: SettingsError.self) {
            try await read(environment: [setting.environmentName: value])
        }
        let text = try #require(error?.description)
        #expect(text.contains(key) && text.contains("“\(value)”") && text.contains(setting.accepted))
    }

    @Test func `a misspelt key and an unknown flag are named`() async throws {
        let path = try file("http:\n  prot: 1001\n")
        let error = await #expect(throws: SettingsError.self) { try await read(["--htpp-port=1"], file: path) }
        #expect(error?.faults.count == 2)
        #expect(error?.description.contains("http.prot") == true)
        #expect(error?.description.contains("--htpp-port") == true)
    }

    @Test(arguments: [
        (["--http-port"], "--http-port needs a value"), (["--http-port", "--rtmp-port", "1"], "--http-port needs a value"),
        (["--http-port", "1", "2"], "2 is no flag"), (["8080"], "8080 is no flag"),
        (["--htpp-port", "1"], "--htpp-port is no flag"), (["-http-port", "1"], "-http-port is no flag"),
    ])
    func `a flag that is not understood is named once`(flags: [String], words: String) async throws {
        let error = await #expect(throws: SettingsError.self) { try await read(flags) }
        #expect(error?.faults.filter { $0.hasPrefix(words) }.count == 1)
    }

    @Test func `a flag's value is taken as it stands`() async throws {
        let settings = try await read(["--data-folder", "/srv/a,b=c", "--http-port=1005", "--http-public-address="])
        #expect(settings.dataFolder == "/srv/a,b=c")
        #expect(settings.http.port == 1005)
        #expect(settings.http.publicAddress == "")
    }

    @Test func `a certificate without its key is refused`() async {
        await #expect(throws: SettingsError.self) { try await read(["--http-certificate", "/tmp/a.pem"]) }
    }

    @Test func `RTMP-7 a port for RTMPS needs a certificate, its own or that of HTTP`() async throws {
        let error = await #expect(throws: SettingsError.self) { try await read(["--rtmp-tls-port", "1936"]) }
        #expect(error?.faults.count == 1 && error?.description.contains("rtmp.tls-port needs a certificate") == true)
        for section in ["http", "rtmp"] {
            let files = ["--\(section)-certificate", "/tmp/a.pem", "--\(section)-private-key", "/tmp/b.pem"]
            #expect(try await read(["--rtmp-tls-port", "1936"] + files).rtmp.tlsPort == 1936)
        }
        #expect(try await read(["--rtmp-tls-port="]).rtmp.tlsPort == nil)
    }

    @Test func `a missing file is named`() async {
        let error = await #expect(throws: SettingsError.self) { try await read(file: "/nowhere/hemicycle.yaml") }
        #expect(error?.description.contains("/nowhere/hemicycle.yaml") == true)
    }
}
