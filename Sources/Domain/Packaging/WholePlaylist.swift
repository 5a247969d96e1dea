import HLS
import Synchronization

/// A playlist with all of its segments, several thousand of them: rendered when somebody first wants it, and then for everybody.
final class WholePlaylist: Sendable {
    private let model: MediaPlaylist
    private let known = Mutex<RenderedPlaylist?>(nil)
    /// Who comes while it is being rendered waits for that, instead of doing the same.
    private let rendering = Mutex(())

    init(_ model: MediaPlaylist) {
        self.model = model
    }

    /// What costs nothing to give.
    var rendered: RenderedPlaylist? { known.withLock { $0 } }

    @discardableResult func render() -> RenderedPlaylist {
        rendering.withLock { _ in
            if let rendered { return rendered }
            let made = RenderedPlaylist(model.render())
            known.withLock { $0 = made }
            return made
        }
    }
}
