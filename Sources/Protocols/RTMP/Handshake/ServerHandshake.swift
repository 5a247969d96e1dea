package import NIOCore

/// The server's side of the handshake (RTMP 1.0 §5.2), the plain one without digests.
///
///     awaiting C0 C1 ──C0 C1, we send S0 S1 S2──▶ awaiting C2 ──C2──▶ done
///
/// What C2 echoes is not compared: players of the Flash family put digests there, and a wrong echo harms nobody.
package struct ServerHandshake: Sendable {
    /// Bytes of C1, S1, C2 and S2 each.
    package static let packetLength = 1536
    /// Random bytes in S1, behind its time and four zeros.
    package static let nonceLength = packetLength - 8
    /// RTMP; 6 and above are encrypted kin of it that nobody needs, 32 and above are another protocol's text.
    static let version: UInt8 = 3
    static let firstForeignVersion: UInt8 = 32

    private enum Step { case greeting, echo, done }

    /// A result of `proceed`.
    package enum Progress: Equatable {
        case needsMore
        case send(ByteBuffer)
        case done
    }

    private var step = Step.greeting
    private let nonce: [UInt8]

    /// - Parameter nonce: `nonceLength` random bytes; a test gives its own.
    package init(nonce: [UInt8]) {
        precondition(nonce.count == Self.nonceLength, "the nonce is drawn by our own code, in its exact length")
        self.nonce = nonce
    }

    /// Takes what is whole from the front of `input`; called again until it needs more or is done.
    package mutating func proceed(_ input: inout ByteBuffer) throws(RTMPError) -> Progress {
        switch step {
        case .greeting: return try greet(&input)
        case .echo: return readEcho(&input)
        case .done: return .done
        }
    }

    private mutating func greet(_ input: inout ByteBuffer) throws(RTMPError) -> Progress {
        guard let version = input.getInteger(at: input.readerIndex, as: UInt8.self) else { return .needsMore }
        guard version < Self.firstForeignVersion else {
            throw RTMPError(.handshake, "The first byte is \(version): this is not RTMP.")
        }
        guard input.readableBytes > Self.packetLength else { return .needsMore }
        input.moveReaderIndex(forwardBy: 1)
        guard let greeting = input.readSlice(length: Self.packetLength) else { return .needsMore }
        step = .echo
        return .send(answer(to: greeting))
    }

    private mutating func readEcho(_ input: inout ByteBuffer) -> Progress {
        guard input.readSlice(length: Self.packetLength) != nil else { return .needsMore }
        step = .done
        return .done
    }

    /// S0, S1 and S2. Our time is 0: it is the epoch of our own timestamps, which are all 0.
    private func answer(to greeting: ByteBuffer) -> ByteBuffer {
        var greeting = greeting
        var answer = ByteBuffer()
        answer.reserveCapacity(1 + 2 * Self.packetLength)
        answer.writeInteger(Self.version)
        answer.writeInteger(UInt64(0))
        answer.writeBytes(nonce)
        answer.writeBuffer(&greeting)
        return answer
    }
}
