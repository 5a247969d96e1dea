import NIOCore

/// A deadline that is put off much more often than it is reached, as those of connections are: putting it off costs nothing.
///
/// It lives on its event loop.
final class Alarm {
    private let loop: any EventLoop
    private var deadline: NIODeadline?
    private var scheduled: (task: Scheduled<Void>, at: NIODeadline)?
    private let ring: () -> Void

    init(on loop: any EventLoop, ring: @escaping () -> Void) {
        self.loop = loop
        self.ring = ring
    }

    /// Rings after `amount`, and not at the time that was set before; with nil not at all.
    func set(_ amount: TimeAmount?) {
        deadline = amount.map { loop.now + $0 }
        guard let deadline, scheduled.map({ $0.at > deadline }) ?? true else { return }
        scheduled?.task.cancel()
        schedule(deadline)
    }

    /// Lets go of the event loop, for good.
    func stop() {
        deadline = nil
        scheduled?.task.cancel()
        scheduled = nil
    }

    private func schedule(_ time: NIODeadline) {
        scheduled = (loop.assumeIsolated().scheduleTask(deadline: time) { self.reach() }, time)
    }

    private func reach() {
        scheduled = nil
        guard let deadline else { return }
        guard loop.now >= deadline else { return schedule(deadline) }
        self.deadline = nil
        ring()
    }
}
