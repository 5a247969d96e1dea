package import NIOCore

/// A way between the server and one peer.
package struct ICEPath: Hashable, Sendable {
    package enum Transport: String, Hashable, Sendable {
        case udp
        /// A connection that the peer opened (RFC 6544), on which datagrams are framed (RFC 4571).
        case tcp
    }

    package let transport: Transport
    package let remote: SocketAddress

    package init(_ transport: Transport, _ remote: SocketAddress) {
        self.transport = transport
        self.remote = remote
    }
}
