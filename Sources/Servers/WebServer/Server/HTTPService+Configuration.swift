extension HTTPService {
    /// Where and how the web server listens.
    package struct Configuration: Sendable {
        /// Loopback, so that nothing is open to the network before somebody has decided so.
        package var address = "127.0.0.1"
        /// 0 lets the system choose.
        package var port = 8080
        /// With it HTTPS (HTTP/1.1 and HTTP/2), without it plain HTTP.
        package var tls: TLSFiles?
        /// Addresses of proxies whose `X-Forwarded-…` is believed. Empty: nobody's is.
        package var trustedProxies: Set<String> = []

        /// Origins whose pages may read live media, `https://player.example.org`; see `CrossOrigin`.
        package var allowedOrigins: Set<String> = []
        /// Addresses that may read `/metrics`.
        package var metricsReaders: Set<String> = []
        /// What one address may have.
        package var limits = AddressLimits.Configuration()

        /// Connections at one time; more wait in the system's queue. A page holds up to 4, an idle one costs about 32 KiB.
        package var maximumConnections = 10_000
        /// Connections that wait to be accepted.
        package var backlog = 1024
        /// How long a connection may be without a whole request's head, from one answer on. Longer than the pause between
        /// two playlists of a slow player.
        package var idleTimeout: Duration = .seconds(60)
        /// How long a body may take: our largest, of 64 KiB, on a link of 20 kbit/s.
        package var bodyPatience: Duration = .seconds(30)
        /// How long a TLS handshake may take.
        package var handshakePatience: Duration = .seconds(10)
        /// How long a client may leave one write untaken. A segment of 2 s at 8 Mbit/s in 30 s is a link of half a
        /// megabit: whoever is slower could not play it.
        package var writePatience: Duration = .seconds(30)

        /// Bytes of one header field. A cookie header with many passes is the longest that we expect.
        package var maximumHeaderField = 16 * 1024
        /// Bytes of all header fields of a request together.
        package var maximumHeaders = 32 * 1024
        package var maximumHeaderCount = 100

        package init() {}
    }
}
