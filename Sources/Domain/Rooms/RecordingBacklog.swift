import Media
import NIOCore
import Recording

/// What waits for a recording that could not be begun yet. Beyond the bound all of it is given up but the initialisation sections, and it begins
/// again with the next chunk of each track that can be decoded without another.
struct RecordingBacklog {
    /// Bytes; what the writer itself lets wait.
    static let capacity = RecordingWriter.Configuration().queueBytes

    private(set) var outputs: [ChunkerOutput] = []
    private var bytes = 0
    private var awaitsKey: Set<TrackKind> = []

    mutating func append(_ output: ChunkerOutput) {
        if case .chunk(let chunk) = output {
            guard chunk.isIndependent || !awaitsKey.contains(chunk.kind) else { return }
            awaitsKey.remove(chunk.kind)
        }
        outputs.append(output)
        bytes += output.bytes
        if bytes > Self.capacity { giveUp() }
    }

    /// The chunk is left out, and so is what cannot be decoded without it.
    mutating func noteMissing(of output: ChunkerOutput) {
        if case .chunk(let chunk) = output { awaitsKey.insert(chunk.kind) }
    }

    var holdsChunks: Bool { outputs.contains(where: \.isChunk) }

    private mutating func giveUp() {
        outputs = TrackKind.allCases.compactMap { kind in outputs.last { $0.isInitialisation(of: kind) } }
        bytes = outputs.reduce(0) { $0 + $1.bytes }
        awaitsKey = Set(TrackKind.allCases)
    }
}

extension ChunkerOutput {
    fileprivate var bytes: Int {
        switch self {
        case .initialisation(let initialisation): initialisation.bytes.readableBytes
        case .chunk(let chunk): chunk.bytes.readableBytes
        }
    }

    fileprivate var isChunk: Bool {
        if case .chunk = self { true } else { false }
    }

    fileprivate func isInitialisation(of kind: TrackKind) -> Bool {
        if case .initialisation(let initialisation) = self { initialisation.format.kind == kind } else { false }
    }
}
