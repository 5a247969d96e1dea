import COpenSSL

/// HMAC-SHA1 with its key set, which begins again with each packet.
@safe final class MessageAuthentication {
    /// Bytes that SHA-1 gives.
    private static let length = 20

    private let context: OpaquePointer

    init(key: [UInt8]) throws(DTLSError) {
        let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil)
        defer { unsafe EVP_MAC_free(algorithm) }
        guard let algorithm = unsafe algorithm, let context = unsafe EVP_MAC_CTX_new(algorithm) else {
            throw DTLSError("OpenSSL has not the authentication of SRTP")
        }
        unsafe self.context = context
        var digest = Array("SHA1".utf8CString)
        let isDone = unsafe digest.withUnsafeMutableBufferPointer { name in
            let parameters = unsafe [hemicycle_digest_parameter(name.baseAddress), OSSL_PARAM_construct_end()]
            return unsafe EVP_MAC_init(context, key, key.count, parameters) == 1
        }
        guard isDone else { throw DTLSError("OpenSSL has not the authentication of SRTP") }
    }

    deinit {
        unsafe EVP_MAC_CTX_free(context)
    }

    func begin() -> Bool {
        unsafe EVP_MAC_init(context, nil, 0, nil) == 1
    }

    func add(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe EVP_MAC_update(context, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count) == 1
    }

    /// Gives the first bytes of the code, as many as `tag` holds.
    func finish(_ tag: UnsafeMutableRawBufferPointer) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: Self.length, alignment: 1) { whole in
            var count = 0
            let start = unsafe whole.baseAddress?.assumingMemoryBound(to: UInt8.self)
            guard unsafe EVP_MAC_final(context, start, &count, whole.count) == 1, count >= tag.count else { return false }
            unsafe tag.copyMemory(from: UnsafeRawBufferPointer(rebasing: whole[..<tag.count]))
            return true
        }
    }

    /// Whether the code begins with `tag`, told in a time that does not depend on where they differ.
    func matches(_ tag: UnsafeRawBufferPointer) -> Bool {
        unsafe withUnsafeTemporaryAllocation(byteCount: tag.count, alignment: 1) { own in
            unsafe finish(own) && CRYPTO_memcmp(own.baseAddress, tag.baseAddress, tag.count) == 0
        }
    }
}
