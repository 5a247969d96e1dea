import Glibc
import NIOCore
import SecureTransport

/// One socket, and a cipher for each address.
struct BareSender: ~Copyable {
    private static let headerLength = 12
    /// UDP_SEGMENT of <linux/udp.h>.
    private static let segment: Int32 = 103
    private static let profile = SRTPProfile.aeadAES128GCM

    private let socket: Int32
    private var readers: [(address: SocketAddress, cipher: SRTPSender)] = []
    private var index: UInt64 = 0
    private var train = ByteBuffer()
    private let payload = ByteBuffer(repeating: 0x55, count: 2048)
    private(set) var packets = 0
    /// Trains that the kernel did not take.
    private(set) var refused = 0

    init(to addresses: [SocketAddress]) throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        guard socket >= 0 else { throw CrowdError("A socket cannot be opened.") }
        setOption(SOL_SOCKET, SO_SNDBUF, 4 << 20)
        for address in addresses {
            let key = SRTPMasterKey(key: Self.random(SRTPProfile.keyLength), salt: Self.random(Self.profile.saltLength))
            readers.append((address, try SRTPSender(Self.profile, key)))
        }
    }

    deinit { close(socket) }

    private static func random(_ count: Int) -> [UInt8] { (0..<count).map { _ in .random(in: .min ... .max) } }

    /// Sends everybody one frame.
    ///
    /// - Parameter lengths: of its packets, in the clear.
    mutating func send(_ lengths: [Int]) {
        for train in trains(of: lengths) {
            setOption(Int32(IPPROTO_UDP), Self.segment, Int32(train[0] + Self.profile.tagLength))
            for place in readers.indices { send(train, to: place) }
            index += UInt64(train.count)
        }
    }

    /// Packets of one length, of which the last may be shorter, go together.
    private func trains(of lengths: [Int]) -> [[Int]] {
        lengths.reduce(into: []) { trains, length in
            if let last = trains.last, let tail = last.last, tail == last[0], length <= tail {
                trains[trains.count - 1].append(length)
            } else {
                trains.append([length])
            }
        }
    }

    private mutating func send(_ lengths: [Int], to place: Int) {
        let (address, cipher) = readers[place]
        train.clear()
        for (offset, length) in lengths.enumerated() {
            let (start, index) = (train.writerIndex, index + UInt64(offset))
            train.writeMultipleIntegers(UInt8(0x80), UInt8(108), UInt16(truncatingIfNeeded: index), UInt32(0), UInt32(1))
            guard let clear = payload.getSlice(at: 0, length: length - Self.headerLength) else { continue }
            _ = cipher.protect(clear, behind: start, in: &train, ssrc: 1, index: index)
        }
        let sent = unsafe train.withUnsafeReadableBytes { bytes in
            unsafe address.withSockAddr { name, size in
                unsafe sendto(socket, bytes.baseAddress, bytes.count, 0, name, socklen_t(size))
            }
        }
        if sent < 0 { refused += 1 }
        packets += lengths.count
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
