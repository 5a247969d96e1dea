import COpenSSL
import Glibc
import Time

/// One of OpenSSL's X.509 certificates (RFC 5280).
@safe struct Certificate: ~Copyable {
    let pointer: OpaquePointer

    /// Bytes of a subject that are kept.
    private static let maximumSubject = 1024

    init(taking pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// The subject as OpenSSL writes it in one line: `/C=FR/CN=hub.example`.
    var subject: String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Self.maximumSubject) { line in
            let name = unsafe X509_get_subject_name(pointer)
            return unsafe X509_NAME_oneline(name, line.baseAddress, Int32(line.count)).map { unsafe String(cString: $0) } ?? ""
        }
    }

    /// The DNS names and addresses for which it stands (§4.2.1.6), in its order.
    var alternativeNames: [String] {
        guard let names = unsafe X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil) else { return [] }
        let stack = OpaquePointer(names)
        defer { unsafe GENERAL_NAMES_free(stack) }
        return (0..<max(0, unsafe OPENSSL_sk_num(stack))).compactMap { place in
            let name = unsafe OPENSSL_sk_value(stack, place)
            return unsafe name.flatMap { unsafe Self.text(of: $0.assumingMemoryBound(to: GENERAL_NAME.self)) }
        }
    }

    /// From when and until when it is valid (§4.1.2.5); nothing keeps the end from standing before the beginning.
    func validity() throws(CertificateError) -> (from: UTCInstant, to: UTCInstant) {
        guard let from = unsafe Self.instant(X509_get0_notBefore(pointer)),
            let to = unsafe Self.instant(X509_get0_notAfter(pointer))
        else { throw CertificateError(.malformed, "The certificate says no time for which it is valid.") }
        return (from, to)
    }

    func fits(_ key: borrowing PrivateKey) -> Bool {
        defer { ERR_clear_error() }
        return unsafe X509_check_private_key(pointer, key.pointer) == 1
    }

    private static func text(of name: UnsafeMutablePointer<GENERAL_NAME>) -> String? {
        var type: Int32 = 0
        guard let value = unsafe GENERAL_NAME_get0_value(name, &type) else { return nil }
        let string = unsafe value.assumingMemoryBound(to: ASN1_STRING.self)
        let count = unsafe Int(max(0, ASN1_STRING_length(string)))
        let bytes = unsafe UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: count)
        switch type {
        case GEN_DNS: return unsafe String(decoding: bytes, as: UTF8.self)
        case GEN_IPADD: return unsafe address(Array(bytes))
        default: return nil
        }
    }

    /// An address of 4 or 16 bytes as people write it.
    private static func address(_ bytes: [UInt8]) -> String? {
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            let written = unsafe inet_ntop(family, bytes, text.baseAddress, socklen_t(text.count))
            return unsafe written.map { unsafe String(cString: $0) }
        }
    }

    private static func instant(_ time: UnsafePointer<ASN1_TIME>?) -> UTCInstant? {
        var parts = unsafe tm()
        guard let time = unsafe time, unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        let (microseconds, overflow) = unsafe Int64(timegm(&parts)).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? nil : UTCInstant(microseconds: microseconds)
    }
}
