import NIOCore
import RTMP
import Streams
import Time

/// How a desk is let in: its key is shown to the publishing desk, which may take its time.
extension ConnectionHandler {
    func ask(_ intent: PublishIntent) {
        guard let context else { return }
        guard intent.application == configuration.application else {
            return obey(machine.refuse(.wrongApplication(configuration.application)))
        }
        setReading(false)
        let request = PublishRequest(key: StreamKeySecret(intent.key.value), way: .rtmp, remoteAddress: log.address)
        let (handler, loop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
        admission = Task { [desk] in
            let answer = await desk.answer(request)
            loop.execute { handler.value.conclude(answer) }
        }
    }

    private func conclude(_ answer: Result<Publication, PublishRefusal>) {
        admission = nil
        setReading(true)
        switch answer {
        case .success(let publication): welcome(publication)
        case .failure(let refusal): obey(machine.refuse(Refusal(refusal)))
        }
    }

    private func welcome(_ publication: Publication) {
        guard let context, !machine.isClosed else { return publication.end() }
        publisher = Publisher(publication, since: clock.now())
        connections.count { $0.publishing += 1 }
        let (handler, loop) = (NIOLoopBound(self, eventLoop: context.eventLoop), context.eventLoop)
        publication.onCutOff { refusal in
            loop.execute { handler.value.cutOff(publication, refusal) }
        }
        obey(machine.publishAccepted(at: context.eventLoop.now))
    }

    /// The hub ends a publication: it says so to the desk, unless that publication is over already.
    private func cutOff(_ publication: Publication, _ refusal: PublishRefusal) {
        guard publisher?.publication === publication else { return }
        obey(machine.refuse(Refusal(.failed, refusal.message)))
    }

    /// Nothing is read while the desk waits: what it sends stays in its socket.
    private func setReading(_ isReading: Bool) {
        try? context?.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }
}

extension PublishingDesk {
    fileprivate func answer(_ request: PublishRequest) async -> Result<Publication, PublishRefusal> {
        do throws(PublishRefusal) {
            return .success(try await admit(request))
        } catch {
            return .failure(error)
        }
    }
}

extension Refusal {
    fileprivate init(_ refusal: PublishRefusal) {
        switch refusal.code {
        case .unknownKey, .alreadyPublishing: self.init(.badName, refusal.message)
        case .unavailable: self.init(.rejected, refusal.message)
        }
    }

    fileprivate static func wrongApplication(_ right: String) -> Refusal {
        Refusal(
            .badName, "The address of this server ends in /\(right), with the stream key in its own field or behind it.")
    }
}
