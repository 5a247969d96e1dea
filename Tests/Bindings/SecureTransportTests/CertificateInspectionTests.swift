import Foundation
import SecureTransport
import Testing
import Time

@Suite final class CertificateInspectionTests {
    private let folder = NSTemporaryDirectory() + "hemicycle-\(UUID().uuidString)"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    /// Runs the openssl program.
    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func makeCertificate(_ name: String, names: String? = "DNS:hub.example,IP:127.0.0.1,IP:::1") throws {
        var arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
            "-subj", "/C=FR/CN=hub.example", "-keyout", path(name + ".key"), "-out", path(name + ".pem"),
        ]
        if let names { arguments += ["-addext", "subjectAltName=" + names] }
        try openssl(arguments)
    }

    private func inspect(_ certificate: String, _ key: String) throws -> CertificateInspection {
        try CertificateInspection(certificate: path(certificate), key: path(key))
    }

    @Test func `a certificate tells for whom and for how long it stands`() throws {
        try makeCertificate("a")
        let now = SystemWallClock().now()
        let inspection = try inspect("a.pem", "a.key")
        #expect(inspection.subject == "/C=FR/CN=hub.example")
        #expect(inspection.alternativeNames == ["hub.example", "127.0.0.1", "::1"])
        #expect(inspection.notAfter.since(inspection.notBefore) == .seconds(90 * 86_400))
        #expect(abs(now.since(inspection.notBefore).inSeconds) < 60)
        #expect(inspection.faults(at: now) == [])
    }

    @Test func `the key of another certificate does not fit`() throws {
        try makeCertificate("a")
        try makeCertificate("b")
        #expect(try inspect("a.pem", "b.key").faults(at: SystemWallClock().now()) == [.keyDoesNotFit])
    }

    @Test func `a certificate is told before, near and after its time`() throws {
        try makeCertificate("a")
        let inspection = try inspect("a.pem", "a.key")
        let (from, to) = (inspection.notBefore, inspection.notAfter)
        #expect(inspection.faults(at: from.advanced(by: .seconds(-1))) == [.notYetValid(from: from)])
        #expect(inspection.faults(at: to.advanced(by: .seconds(-86_400))) == [.expiresSoon(at: to)])
        #expect(inspection.faults(at: to.advanced(by: .seconds(1))) == [.expired(at: to)])
    }

    @Test func `a certificate that ended before it began has expired`() throws {
        try makeCertificate("a")
        try openssl(["x509", "-in", path("a.pem"), "-signkey", path("a.key"), "-days", "-1", "-out", path("over.pem")])
        let inspection = try inspect("over.pem", "a.key")
        #expect(inspection.notAfter < inspection.notBefore)
        #expect(inspection.faults(at: SystemWallClock().now()) == [.expired(at: inspection.notAfter)])
    }

    @Test func `a certificate that names no host is told`() throws {
        try makeCertificate("a", names: nil)
        #expect(try inspect("a.pem", "a.key").faults(at: SystemWallClock().now()) == [.namesNoHost])
    }

    @Test func `a file that cannot be used is named with the reason`() throws {
        try makeCertificate("a")
        try openssl(["pkey", "-in", path("a.key"), "-aes128", "-passout", "pass:secret", "-out", path("locked.key")])
        try Data("nothing of the kind".utf8).write(to: URL(fileURLWithPath: path("text")))
        for (certificate, key, code) in [
            ("missing.pem", "a.key", CertificateError.Code.unreadable), ("a.pem", "missing.key", .unreadable),
            ("text", "a.key", .notPEM), ("a.pem", "text", .notPEM), ("a.key", "a.key", .notPEM),
            ("a.pem", "locked.key", .encrypted),
        ] {
            let error = #expect(throws: CertificateError.self) { try inspect(certificate, key) }
            #expect(error?.code == code, "\(certificate) with \(key)")
            #expect(error?.message.contains(folder) == true)
        }
    }

    @Test func `OpenSSL tells its version`() {
        #expect(OpenSSLLibrary.version.hasPrefix("OpenSSL 3."))
    }
}
