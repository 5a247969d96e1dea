import Media
import NIOCore

/// What waits for the disk, bounded in bytes. When it is full, newcomers are left out until it is half empty.
struct RecordingInbox {
    enum Item: Hashable {
        case output(ChunkerOutput)
        /// So many chunks of this track were left out here.
        case missing(TrackKind, GapCause, count: Int)
    }

    /// What is to be done after something was offered.
    enum Answer: Hashable {
        /// Somebody is at work, or nothing came.
        case wait
        /// Begin to take out what waits.
        case begin
    }

    private let capacity: Int
    private var items: [Item] = []
    /// Of what waits and of what was taken out and is not written yet.
    private(set) var bytes = 0
    private(set) var isOverrun = false
    private var isWorking = false
    private var isClosed = false

    init(capacity: Int) {
        self.capacity = capacity
    }

    mutating func offer(_ output: ChunkerOutput) -> Answer {
        guard !isClosed else { return .wait }
        switch output {
        case .initialisation(let initialisation):
            removeUnused(initialisation.format.kind)
            items.append(.output(output))
        case .chunk(let chunk) where hasRoom(for: chunk):
            items.append(.output(output))
            bytes += chunk.bytes.readableBytes
        case .chunk(let chunk):
            leaveOut(chunk.kind, .overrun)
        }
        return beginWork()
    }

    /// A chunk of this track is not offered.
    mutating func offerNothing(of kind: TrackKind, _ cause: GapCause) -> Answer {
        guard !isClosed else { return .wait }
        leaveOut(kind, cause)
        return beginWork()
    }

    private mutating func beginWork() -> Answer {
        defer { isWorking = true }
        return isWorking ? .wait : .begin
    }

    /// Whether half of what may wait does.
    var isHalfFull: Bool { bytes > capacity / 2 }

    private mutating func hasRoom(for chunk: Chunk) -> Bool {
        if bytes + chunk.bytes.readableBytes > capacity { isOverrun = true }
        return !isOverrun
    }

    /// An initialisation section that no waiting chunk needs gives way to the next, so that they cannot pile up.
    private mutating func removeUnused(_ kind: TrackKind) {
        let last = items.lastIndex { $0.isChunk(of: kind) || $0.isInitialisation(of: kind) }
        if let last, items[last].isInitialisation(of: kind) { items.remove(at: last) }
    }

    private mutating func leaveOut(_ kind: TrackKind, _ cause: GapCause) {
        let last = items.lastIndex { $0.isMissing(kind, cause) || $0.isChunk(of: kind) }
        if let last, case .missing(_, _, let count) = items[last] {
            items[last] = .missing(kind, cause, count: count + 1)
        } else {
            items.append(.missing(kind, cause, count: 1))
        }
    }

    /// Takes out everything that waits; empty ends the work until something new is offered.
    mutating func takeAll() -> [Item] {
        defer { items = [] }
        isWorking = !items.isEmpty
        return items
    }

    mutating func noteWritten(_ item: Item) {
        if case .output(.chunk(let chunk)) = item { bytes -= chunk.bytes.readableBytes }
        if bytes <= capacity / 2 { isOverrun = false }
    }

    /// Nothing more is accepted.
    mutating func close() {
        isClosed = true
    }
}

extension RecordingInbox.Item {
    func isMissing(_ kind: TrackKind, _ cause: GapCause) -> Bool {
        if case .missing(kind, cause, _) = self { true } else { false }
    }

    func isInitialisation(of kind: TrackKind) -> Bool {
        if case .output(.initialisation(let initialisation)) = self { initialisation.format.kind == kind } else { false }
    }

    func isChunk(of kind: TrackKind) -> Bool {
        if case .output(.chunk(let chunk)) = self { chunk.kind == kind } else { false }
    }
}
