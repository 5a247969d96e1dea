import COpenSSL

/// How media is protected (RFC 5764 §4.1.2, RFC 7714 §14.2).
package enum SRTPProfile: UInt16, CaseIterable, Hashable, Sendable {
    case aeadAES128GCM = 7
    case aes128CMSHA1_80 = 1

    /// Both as OpenSSL names them, the one that costs half as much first.
    static let offered = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"

    package static let keyLength = 16

    package var saltLength: Int {
        switch self {
        case .aeadAES128GCM: 12
        case .aes128CMSHA1_80: 14
        }
    }

    /// Bytes of the tag behind each packet.
    package var tagLength: Int {
        switch self {
        case .aeadAES128GCM: 16
        case .aes128CMSHA1_80: 10
        }
    }
}

/// The master key and salt of one direction (RFC 3711 §3.2.1).
package struct SRTPMasterKey: Hashable, Sendable {
    package let key: [UInt8]
    package let salt: [UInt8]

    package init(key: [UInt8], salt: [UInt8]) {
        self.key = key
        self.salt = salt
    }
}

extension SRTPMasterKey: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "‹redacted›" }
    package var debugDescription: String { description }
}

/// What the handshake agreed on for the media of one peer.
package struct SRTPKeying: Hashable, Sendable {
    package let profile: SRTPProfile
    /// Of what we send.
    package let outbound: SRTPMasterKey
    /// Of what the peer sends.
    package let inbound: SRTPMasterKey

    package init(profile: SRTPProfile, outbound: SRTPMasterKey, inbound: SRTPMasterKey) {
        self.profile = profile
        self.outbound = outbound
        self.inbound = inbound
    }

    /// The keys stand one after the other: client's key, server's key, client's salt, server's salt (RFC 5764 §4.2).
    init?(exportedFrom ssl: OpaquePointer, role: DTLSRole) {
        guard let selected = unsafe SSL_get_selected_srtp_profile(ssl),
            let profile = SRTPProfile(rawValue: UInt16(truncatingIfNeeded: unsafe selected.pointee.id)),
            let bytes = unsafe Self.export(2 * (SRTPProfile.keyLength + profile.saltLength), from: ssl)
        else { return nil }
        let (keys, salts) = (bytes.prefix(2 * SRTPProfile.keyLength), bytes.dropFirst(2 * SRTPProfile.keyLength))
        let client = SRTPMasterKey(
            key: Array(keys.prefix(SRTPProfile.keyLength)), salt: Array(salts.prefix(profile.saltLength)))
        let server = SRTPMasterKey(
            key: Array(keys.dropFirst(SRTPProfile.keyLength)), salt: Array(salts.dropFirst(profile.saltLength)))
        let isClient = role == .client
        self.init(profile: profile, outbound: isClient ? client : server, inbound: isClient ? server : client)
    }

    private static func export(_ count: Int, from ssl: OpaquePointer) -> [UInt8]? {
        let label = "EXTRACTOR-dtls_srtp"
        var bytes = [UInt8](repeating: 0, count: count)
        let result = unsafe SSL_export_keying_material(ssl, &bytes, count, label, label.utf8.count, nil, 0, 0)
        return result == 1 ? bytes : nil
    }
}
