import Hummingbird
import NIOCore
import Packaging
import PlainHTTP

/// Answers requests for media on an HTTP/1.1 connection before anybody parses them twice: these are nearly all requests that a
/// server with viewers gets. It stands where the connection's bytes come in, and lets go by what is not for it.
///
/// The order of answers is kept: it answers only while the router has nothing to answer, and takes no further request from the
/// connection while a request waits for a part, or while the client has not taken what was sent. It lives on its channel's event
/// loop.
final class ExpressHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Any
    typealias OutboundOut = ByteBuffer

    /// A request that waits for what it asks for.
    private struct Blocked {
        let request: ExpressRequest
        /// As it came, should the router have to answer it.
        let bytes: ByteBuffer
        let output: LiveOutput
        let waiter: Waiter
    }

    private let desk: ExpressDesk
    private let peer: String?
    private let conversation: ConversationHandler
    private var splitter = RequestSplitter()
    private var blocked: Blocked?
    private var alarm: Alarm?
    private var isReadHeld = false
    private var hasPassedOn = false

    init(desk: ExpressDesk, peer: String?, conversation: ConversationHandler) {
        self.desk = desk
        self.peer = peer
        self.conversation = conversation
    }

    func handlerAdded(context: ChannelHandlerContext) {
        alarm = Alarm(on: context.eventLoop) { [weak self] in self?.expire() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        giveUp()
        alarm?.stop()
    }

    func channelInactive(context: ChannelHandlerContext) {
        giveUp()
        alarm?.stop()
        context.fireChannelInactive()
    }

    // MARK: - What comes in

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        splitter.append(unwrapInboundIn(data))
        proceed(context)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        guard hasPassedOn else { return }
        hasPassedOn = false
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        context.fireChannelWritabilityChanged()
        resume(context)
    }

    /// Who waits and sends on is not read from; of who only waits it is to be seen when they go away.
    func read(context: ChannelHandlerContext) {
        isReadHeld = isBusy(context) && !splitter.isEmpty
        if !isReadHeld { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: refuse(context)
        // Whoever does not speak any more does not listen either.
        case ChannelEvent.inputClosed: giveUp()
        default: break
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func isBusy(_ context: ChannelHandlerContext) -> Bool { blocked != nil || !context.channel.isWritable }

    private func proceed(_ context: ChannelHandlerContext) {
        while !isBusy(context), let piece = splitter.next() {
            switch piece {
            case .request(let plain, let bytes): take(plain, bytes, context)
            case .other(let bytes): passOn(bytes, context)
            }
        }
    }

    private func resume(_ context: ChannelHandlerContext) {
        proceed(context)
        channelReadComplete(context: context)
        if isReadHeld { read(context: context) }
    }

    private func take(_ plain: PlainRequest, _ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        guard conversation.isQuiet, let request = desk.admit(plain, peer: peer) else { return passOn(bytes, context) }
        answer(request, bytes, context, mayWait: true)
    }

    private func passOn(_ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
        hasPassedOn = true
        context.fireChannelRead(wrapInboundOut(bytes))
    }

    // MARK: - Answers

    /// What it cannot answer, the router can.
    private func answer(_ request: ExpressRequest, _ bytes: ByteBuffer, _ context: ChannelHandlerContext, mayWait: Bool) {
        do {
            guard let output = try desk.media.output(of: request.asked, for: request.pass) else { return passOn(bytes, context) }
            switch output.reply(to: request.asked.question) {
            case .now(let answer): send(try desk.bytes(of: answer, to: request), context)
            case .after(let awaited) where mayWait: block(request, bytes, output, awaited, context)
            case .after, .later: passOn(bytes, context)
            }
        } catch {
            passOn(bytes, context)
        }
    }

    private func send(_ bytes: (ByteBuffer, body: ByteBuffer?), _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(bytes.0), promise: nil)
        if let body = bytes.body { context.write(wrapOutboundOut(body), promise: nil) }
        context.flush()
        conversation.awaitRequest()
    }

    // MARK: - Waiting

    private func block(
        _ request: ExpressRequest, _ bytes: ByteBuffer, _ output: LiveOutput, _ awaited: Awaited,
        _ context: ChannelHandlerContext
    ) {
        let waiter = output.waiter(for: awaited)
        blocked = Blocked(request: request, bytes: bytes, output: output, waiter: waiter)
        conversation.awaitAnswer()
        alarm?.set(TimeAmount(LiveOutput.longestWait))
        let loop = context.eventLoop
        let here = NIOLoopBound((handler: self, context: context), eventLoop: loop)
        output.enlist(waiter) { wake in
            loop.execute { here.value.handler.woken(wake, waiter, here.value.context) }
        }
    }

    private func woken(_ wake: Wake, _ waiter: Waiter, _ context: ChannelHandlerContext) {
        guard let blocked, blocked.waiter == waiter else { return }
        guard wake == .ready else {
            refuse(context)
            return resume(context)
        }
        self.blocked = nil
        alarm?.set(nil)
        answer(blocked.request, blocked.bytes, context, mayWait: false)
        resume(context)
    }

    /// Tells who waits that it has not come.
    private func refuse(_ context: ChannelHandlerContext) {
        guard let blocked else { return }
        let request = blocked.request
        send((desk.refusal(of: request), nil), context)
        self.blocked = nil
        alarm?.set(nil)
        blocked.output.giveUp(blocked.waiter)
    }

    /// It has waited for too long: `woken` hears of it.
    private func expire() {
        if let blocked { blocked.output.giveUp(blocked.waiter) }
    }

    /// Nobody is there to be told.
    private func giveUp() {
        guard let blocked else { return }
        self.blocked = nil
        blocked.output.giveUp(blocked.waiter)
    }
}
