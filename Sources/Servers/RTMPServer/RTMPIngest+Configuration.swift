package import NIOCore
package import RTMP

extension RTMPIngest {
    package struct Configuration: Sendable {
        /// The address to listen on. Encoders stand elsewhere in the house, so every interface is the default.
        package var host = "0.0.0.0"
        /// 1935 is RTMP's own (IANA `macromedia-fcs`); 0 takes any free one.
        package var port = 1935
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
        /// How long a graceful stop waits for desks to close.
        package var drainTime = TimeAmount.seconds(5)
        /// What one connection may do.
        package var limits = ConnectionLimits()

        package init() {}
    }
}
