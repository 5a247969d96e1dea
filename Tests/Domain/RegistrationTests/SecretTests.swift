import Registration
import Testing

@Suite struct SecretTests {
    @Test func `a secret is 256 random bits of URL-safe text after its prefix`() {
        let secrets = (0..<100).map { _ in Secret.make(prefix: "hc_token_") }
        #expect(Set(secrets).count == 100)
        for secret in secrets {
            let body = secret.text.dropFirst("hc_token_".count)
            #expect(body.count == 43)
            #expect(body.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
    }

    /// FIPS 180-4, the vector "abc" of NIST's examples.
    @Test func `its digest is the SHA-256 of its text`() {
        #expect(Secret(shown: "abc").digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test func `texts beyond the longest have digests that no secret has`() {
        let longest = String(repeating: "A", count: Secret.maximumLength)
        #expect(Secret(shown: longest).digest != Secret(shown: longest + "A").digest)
    }

    @Test func `it prints as redacted`() {
        let secret = Secret.make(prefix: "hc_token_")
        #expect("\(secret)" == "‹redacted›")
        #expect(String(reflecting: secret) == "‹redacted›")
        #expect(!"\([secret])".contains("hc_token_"))
    }
}
