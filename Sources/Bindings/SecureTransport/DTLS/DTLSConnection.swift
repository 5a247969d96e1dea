import COpenSSL
package import NIOCore

/// Which side of the handshake the server takes (RFC 5763 §5).
package enum DTLSRole: Hashable, Sendable {
    /// It sends the first hello: the peer's description says `setup:passive`.
    case client
    case server
}

/// What came of something done to a connection.
package enum DTLSProgress: Hashable, Sendable {
    case none
    /// The peer is who its description says it is, and these are the keys of the media.
    case established(SRTPKeying)
    case closed(DTLSClosure)
}

/// Why a connection is over.
package enum DTLSClosure: Hashable, Sendable {
    /// The peer said goodbye.
    case byPeer
    /// The peer showed another certificate than its description vouches for (RFC 8122 §6.2).
    case wrongFingerprint
    /// The peer knows no way of protecting media that we know.
    case noProfile
    /// What OpenSSL found wrong.
    case failed(String)
}

/// One DTLS 1.2 connection (RFC 6347), for the keys of SRTP alone (RFC 5764), without its socket.
///
///     handshaking ──established──▶ established ──closed──▶ closed
///          └───────────────────closed───────────────────────▲
///
/// What is to be sent is taken with `nextDatagram` after every call. What a peer does wrong is dropped while the datagram may be
/// forged, and ends the connection otherwise. When to send the flight that is out again is OpenSSL's to say, by the system's
/// clock; the caller calls `timeOut` then.
@safe package final class DTLSConnection {
    private enum State {
        case handshaking
        case established
        case closed
    }

    private let identity: DTLSIdentity
    private let fingerprints: [Fingerprint]
    private let role: DTLSRole
    private let pipe = DatagramPipe()
    private let ssl: OpaquePointer
    private var state = State.handshaking

    /// Before the first repetition of a flight, in microseconds: real-time peers are not a second apart. Each next one doubles.
    private static let firstTimeout: UInt32 = 200_000
    private static let longestTimeout: UInt32 = 3_200_000

    /// - Parameter fingerprints: those of the peer's description, one of which must be that of its certificate.
    package init(_ identity: DTLSIdentity, role: DTLSRole, peer fingerprints: [Fingerprint]) throws(DTLSError) {
        guard let ssl = unsafe SSL_new(identity.context) else { throw DTLSError("no connection can be made") }
        unsafe self.ssl = ssl
        self.identity = identity
        self.role = role
        self.fingerprints = fingerprints
        let bio = unsafe DatagramBIO.make(over: pipe)
        unsafe SSL_set_bio(ssl, bio, bio)
        unsafe SSL_ctrl(ssl, DTLS_CTRL_SET_LINK_MTU, DatagramBIO.mtu, nil)
        unsafe DTLS_set_timer_cb(ssl) { _, last in
            last == 0 ? DTLSConnection.firstTimeout : min(2 * last, DTLSConnection.longestTimeout)
        }
        switch role {
        case .client: unsafe SSL_set_connect_state(ssl)
        case .server: unsafe SSL_set_accept_state(ssl)
        }
    }

    deinit {
        unsafe SSL_free(ssl)
    }

    /// A client says hello; a server waits for it.
    package func start() -> DTLSProgress {
        role == .client ? advance() : .none
    }

    package func receive(_ datagram: ByteBuffer) -> DTLSProgress {
        guard state != .closed else { return .none }
        pipe.arrived = datagram
        return advance()
    }

    /// When the flight that is out must be sent again; nil where none is.
    package func deadline(from now: NIODeadline) -> NIODeadline? {
        guard state != .closed else { return nil }
        let left = unsafe hemicycle_dtls_timeout(ssl)
        return left < 0 ? nil : now + .microseconds(left)
    }

    /// The deadline has passed: the flight is sent again, or given up.
    package func timeOut() -> DTLSProgress {
        guard state != .closed else { return .none }
        ERR_clear_error()
        guard unsafe SSL_ctrl(ssl, DTLS_CTRL_HANDLE_TIMEOUT, 0, nil) >= 0 else { return close(.failed(reason)) }
        return .none
    }

    package func nextDatagram() -> ByteBuffer? {
        pipe.departing.popFirst()
    }

    /// Says goodbye.
    package func close() {
        guard state == .established else { return state = .closed }
        unsafe SSL_shutdown(ssl)
        ERR_clear_error()
        state = .closed
    }

    private func advance() -> DTLSProgress {
        // What others left behind on this thread would pass for this connection's failure.
        ERR_clear_error()
        return switch state {
        case .handshaking: handshake()
        case .established: drain()
        case .closed: .none
        }
    }

    private func handshake() -> DTLSProgress {
        let result = unsafe SSL_do_handshake(ssl)
        guard result == 1 else { return progress(after: result) }
        guard isPeerVouchedFor else { return close(.wrongFingerprint) }
        guard let keying = unsafe SRTPKeying(exportedFrom: ssl, role: role) else { return close(.noProfile) }
        state = .established
        return .established(keying)
    }

    /// Reads what stands behind the handshake: alerts, and the last flight once more. Data is for nobody here.
    private func drain() -> DTLSProgress {
        unsafe withUnsafeTemporaryAllocation(byteCount: DatagramBIO.mtu, alignment: 1) { scratch in
            var result: Int32
            repeat { result = unsafe SSL_read(ssl, scratch.baseAddress, Int32(scratch.count)) } while result > 0
            return progress(after: result)
        }
    }

    private func progress(after result: Int32) -> DTLSProgress {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: .none
        case SSL_ERROR_ZERO_RETURN: close(.byPeer)
        default: close(.failed(reason))
        }
    }

    private func close(_ closure: DTLSClosure) -> DTLSProgress {
        if closure == .wrongFingerprint || closure == .noProfile { unsafe SSL_shutdown(ssl) }
        ERR_clear_error()
        state = .closed
        return .closed(closure)
    }

    private var reason: String { OpenSSLLibrary.takeReason() ?? "the peer did not answer" }

    private var isPeerVouchedFor: Bool {
        guard let shown = unsafe SSL_get1_peer_certificate(ssl) else { return false }
        let certificate = unsafe Certificate(taking: shown)
        return fingerprints.contains { $0.digest == certificate.digest($0.algorithm) }
    }
}
