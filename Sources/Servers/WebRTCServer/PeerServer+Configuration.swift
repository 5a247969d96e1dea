package import NIOCore

extension PeerServer {
    package struct Configuration: Sendable {
        /// The addresses to listen on, UDP and TCP: loopback, so that nothing is open to the network before somebody has decided so.
        package var hosts = ["127.0.0.1"]
        /// For UDP and TCP; 0 takes any free one, another for each address.
        package var port = 8189
        /// The addresses that peers are told to come to. Empty: those that are listened on, or all of this machine's.
        package var announced: [String] = []
        /// Peers at one time, those included who were invited and have not come yet.
        package var maximumPeers = 5000
        /// TCP connections at one time on each event loop; a peer has one for each of its addresses.
        package var maximumStreams = 4096
        /// How long a TCP connection may be without a peer.
        package var introduction = TimeAmount.seconds(5)
        /// Paths to peers of other loops that one loop remembers: what is forgotten is looked up once more.
        package var maximumDetours = 10_000

        package init() {}
    }
}
