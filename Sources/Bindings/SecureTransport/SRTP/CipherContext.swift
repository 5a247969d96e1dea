import COpenSSL

/// One of OpenSSL's ciphers with its key set, which begins again with each packet's own counter.
@safe final class CipherContext {
    enum Direction: Int32 {
        case open = 0
        case seal = 1
    }

    private let context: OpaquePointer

    init(_ cipher: OpaquePointer?, key: [UInt8], _ direction: Direction = .seal) throws(DTLSError) {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw DTLSError("no cipher can be made") }
        unsafe self.context = context
        guard unsafe EVP_CipherInit_ex(context, cipher, nil, key, nil, direction.rawValue) == 1 else {
            throw DTLSError("OpenSSL has not the ciphers of SRTP")
        }
    }

    deinit {
        unsafe EVP_CIPHER_CTX_free(context)
    }

    /// - Parameter counter: as long as the cipher wants it.
    func begin(_ counter: [UInt8]) -> Bool {
        unsafe counter.withUnsafeBytes { unsafe begin($0.baseAddress) }
    }

    func begin(_ counter: UnsafeRawPointer?) -> Bool {
        unsafe EVP_CipherInit_ex(context, nil, nil, nil, counter?.assumingMemoryBound(to: UInt8.self), -1) == 1
    }

    /// Encrypts or decrypts as many bytes as `source` has; with no target it authenticates them.
    func apply(from source: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer?) -> Bool {
        // Nothing is nothing to do; to OpenSSL no source would mean the end.
        guard let start = source.baseAddress, source.count > 0 else { return true }
        var count: Int32 = 0
        return unsafe EVP_CipherUpdate(
            context, target?.assumingMemoryBound(to: UInt8.self), &count, start.assumingMemoryBound(to: UInt8.self),
            Int32(truncatingIfNeeded: source.count)) == 1
    }

    func finish() -> Bool {
        var count: Int32 = 0
        var none: UInt8 = 0
        return unsafe EVP_CipherFinal_ex(context, &none, &count) == 1
    }

    func readTag(to tag: UnsafeMutableRawPointer, count: Int) -> Bool {
        unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(count), tag) == 1
    }

    func expectTag(_ tag: UnsafeRawPointer, count: Int) -> Bool {
        unsafe EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(count), UnsafeMutableRawPointer(mutating: tag)) == 1
    }
}
