package import NIOCore
package import NIOSSL
package import RTMP

extension RTMPIngest {
    /// A port of its own for RTMP within TLS.
    package struct TLS: Sendable {
        /// 0 takes any free one.
        package let port: Int
        package let configuration: TLSConfiguration

        package init(port: Int, configuration: TLSConfiguration) {
            self.port = port
            self.configuration = configuration
        }
    }

    package struct Configuration: Sendable {
        /// The address to listen on. Encoders stand elsewhere in the house, so every interface is the default.
        package var host = "0.0.0.0"
        /// 1935 is RTMP's own (IANA `macromedia-fcs`); 0 takes any free one.
        package var port = 1935
        /// RTMPS beside it; nil where there is none.
        package var tls: TLS?
        /// The path that a desk's server address ends in: `rtmp://host/live`.
        package var application = "live"
        /// Connections at one time. More wait in the backlog until one closes.
        package var maximumConnections = 256
        /// Connections at one time from one address: one building, behind one translated address, has several encoders.
        package var maximumConnectionsPerAddress = 32
        /// Connections that the kernel holds before they are accepted.
        package var backlog: Int32 = 128
        /// How long a desk that was refused is still read from, so that it sees why before the connection is torn down.
        package var farewell = TimeAmount.seconds(2)
        /// How often trouble is told at most, all of it in one line.
        package var reportInterval = Duration.seconds(1)
        /// Refused desks that have a line of their own in `refusalWindow`; further ones are only counted.
        package var refusalsTold = 20
        package var refusalWindow = TimeAmount.seconds(10)
        /// How long a graceful stop waits for desks to close: more than `ConnectionLimits.reconnectTime`.
        package var drainTime = TimeAmount.seconds(5)
        /// What one connection may do.
        package var limits = ConnectionLimits()

        package init() {}
    }
}
