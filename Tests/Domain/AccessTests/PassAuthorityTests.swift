import Access
import Crypto
import FoundationEssentials
import Identifiers
import Testing
import Time

@Suite struct PassAuthorityTests {
    static let now = UTCInstant(microseconds: 1_623_837_600_000_000)
    let secret = [UInt8](repeating: 7, count: 32)
    let pass = Pass(
        session: SessionID(at: now), participant: ParticipantID(at: now), rights: [.watch, .listen],
        expires: now.advanced(by: .seconds(60)))

    private func base64URL(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    /// A token made by hand, signed with HMAC-SHA256 where `key` is given.
    private func token(header: String, claims: String, key: [UInt8]?) -> String {
        let signed = base64URL(header.utf8) + "." + base64URL(claims.utf8)
        guard let key else { return signed + "." }
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: SymmetricKey(data: key))
        return signed + "." + base64URL(Array(code))
    }

    private func claims(audience: String = "hemicycle:pass", expires: String = "1623837660") -> String {
        """
        {"sub":"\(pass.participant)","sid":"\(pass.session)","aud":"\(audience)","exp":\(expires),"rights":["watch","listen"]}
        """
    }

    @Test func `a pass comes back as it was signed, from the token and from memory`() async throws {
        let authority = await PassAuthority(secret: secret)
        let token = try await authority.sign(pass)
        #expect(await authority.read(token, now: Self.now) == pass)
        #expect(await authority.read(token, now: Self.now) == pass)
        #expect(await PassAuthority(secret: secret).read(token, now: Self.now) == pass)
    }

    @Test func `a pass signed by hand as RFC 7519 says is read`() async {
        let token = token(header: #"{"alg":"HS256","typ":"JWT"}"#, claims: claims(), key: secret)
        #expect(await PassAuthority(secret: secret).read(token, now: Self.now) == pass)
    }

    @Test func `an expired pass is none, remembered or not`() async throws {
        let authority = await PassAuthority(secret: secret)
        let token = try await authority.sign(pass)
        #expect(await authority.read(token, now: pass.expires) == nil)
        #expect(await authority.read(token, now: Self.now) == pass)
        #expect(await authority.read(token, now: pass.expires) == nil)
    }

    @Test(arguments: [
        #"{"alg":"none","typ":"JWT"}"#, #"{"alg":"None"}"#, #"{"alg":"HS384"}"#, #"{"alg":"RS256"}"#, #"{"typ":"JWT"}"#,
    ])
    func `another algorithm is refused`(header: String) async {
        let authority = await PassAuthority(secret: secret)
        #expect(await authority.read(token(header: header, claims: claims(), key: nil), now: Self.now) == nil)
    }

    @Test func `a pass without a signature, or of another key, is refused`() async throws {
        let authority = await PassAuthority(secret: secret)
        let header = #"{"alg":"HS256","typ":"JWT"}"#
        #expect(await authority.read(token(header: header, claims: claims(), key: nil), now: Self.now) == nil)
        let other = [UInt8](repeating: 8, count: 32)
        #expect(await authority.read(token(header: header, claims: claims(), key: other), now: Self.now) == nil)
        let foreign = try await PassAuthority(secret: other).sign(pass)
        #expect(await authority.read(foreign, now: Self.now) == nil)
    }

    @Test func `a changed letter anywhere is refused`() async throws {
        let authority = await PassAuthority(secret: secret)
        let token = try await authority.sign(pass)
        // The last letter of a signature of 32 bytes carries two bits that mean nothing.
        for index in token.indices.dropLast() where token[index] != "." {
            var changed = token
            changed.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            #expect(await authority.read(changed, now: Self.now) == nil, "\(changed)")
        }
    }

    @Test(arguments: [
        ("hemicycle:signin", "1623837660"), ("", "1623837660"), ("hemicycle:pass", "0"), ("hemicycle:pass", "-1"),
        ("hemicycle:pass", "9223372036854775807"), ("hemicycle:pass", "1e300"), ("hemicycle:pass", "\"soon\""),
    ])
    func `another audience or an impossible expiry is refused`(audience: String, expires: String) async {
        let token = token(
            header: #"{"alg":"HS256","typ":"JWT"}"#, claims: claims(audience: audience, expires: expires), key: secret)
        #expect(await PassAuthority(secret: secret).read(token, now: Self.now) == nil)
    }

    @Test(arguments: ["", ".", "..", "a.b.c", "….….…", String(repeating: "A", count: 5_000), "\u{0}"])
    func `what is no token is refused`(text: String) async {
        #expect(await PassAuthority(secret: secret).read(text, now: Self.now) == nil)
    }
}
