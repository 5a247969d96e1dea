package import NIOCore

/// One whole message, as chunks carry it (RTMP 1.0 §5.3.1, §6.1).
package struct Message: Hashable, Sendable {
    package let kind: Kind
    /// Milliseconds; wraps after 49.7 days.
    package let timestamp: UInt32
    /// The message stream; 0 is the connection itself.
    package let stream: UInt32
    package let payload: ByteBuffer

    package init(_ kind: Kind, timestamp: UInt32 = 0, stream: UInt32 = 0, payload: ByteBuffer) {
        self.kind = kind
        self.timestamp = timestamp
        self.stream = stream
        self.payload = payload
    }

    /// The message type id; unknown ones stay representable and are ignored.
    package struct Kind: RawRepresentable, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        package static let setChunkSize = Kind(rawValue: 1)
        package static let abort = Kind(rawValue: 2)
        package static let acknowledgement = Kind(rawValue: 3)
        package static let userControl = Kind(rawValue: 4)
        package static let windowSize = Kind(rawValue: 5)
        package static let peerBandwidth = Kind(rawValue: 6)
        package static let audio = Kind(rawValue: 8)
        package static let video = Kind(rawValue: 9)
        package static let dataAMF3 = Kind(rawValue: 15)
        package static let commandAMF3 = Kind(rawValue: 17)
        package static let data = Kind(rawValue: 18)
        package static let command = Kind(rawValue: 20)
        package static let aggregate = Kind(rawValue: 22)
    }
}
