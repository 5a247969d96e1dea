import Access
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// What is known of a request while it is answered.
package struct WebContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The address of the connection's other end; nil in tests without a socket.
    let peer: String?
    /// Set before any handler runs.
    var arrival: Arrival
    /// Who asks; set before any handler runs.
    var identity = Identity.anonymous

    /// Bytes of the largest form or JSON body that is read: a programme item is far below.
    static let maximumBody = 64 * 1024

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = PeerAddress.text(source.channel.remoteAddress)
        arrival = Arrival(
            HTTPRequest(method: .get, scheme: nil, authority: nil, path: nil), peer: peer, overTLS: false, trustedProxies: [])
    }

    package var maxUploadSize: Int { Self.maximumBody }

    /// The request's name in the operator's log. (`id` traps where a log handler keeps no metadata.)
    var requestID: String { logger[metadataKey: "hb.request.id"]?.description ?? "unknown" }
}

/// A request whose asker is known to be a signed-in person: a handler that takes it cannot run for anybody else.
struct SignedInContext: ChildRequestContext {
    var coreContext: CoreRequestContextStorage
    let parent: WebContext
    let signIn: PresentSignIn

    init(context: WebContext) throws {
        guard let signIn = context.identity.signIn else { throw Refusal.signInNeeded }
        coreContext = context.coreContext
        parent = context
        self.signIn = signIn
    }

    var maxUploadSize: Int { WebContext.maximumBody }
}
