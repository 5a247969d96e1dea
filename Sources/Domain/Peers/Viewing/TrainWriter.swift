import NIOCore
import WebRTC

/// Gathers datagrams in one buffer and cuts it into trains.
struct TrainWriter {
    /// Bytes that protection adds to a packet at most.
    static let tag = 16

    private struct Run {
        let start: Int
        let size: Int
        var end: Int
        /// Whether a smaller datagram has ended it.
        var isEnded = false

        func takes(_ length: Int, count: Int) -> Bool {
            !isEnded && length <= size && count < DatagramTrain.maximumCount && end - start + length <= DatagramTrain.maximumBytes
        }
    }

    var bytes: ByteBuffer
    private var runs: [Run] = []
    private var count = 0

    init(capacity: Int) {
        bytes = ByteBuffer()
        bytes.reserveCapacity(capacity)
    }

    /// A datagram stands from `start` to the end of the buffer.
    mutating func note(from start: Int) {
        let length = bytes.writerIndex - start
        guard let last = runs.indices.last, runs[last].takes(length, count: count) else {
            count = 1
            return runs.append(Run(start: start, size: length, end: bytes.writerIndex))
        }
        count += 1
        runs[last].end = bytes.writerIndex
        runs[last].isEnded = length < runs[last].size
    }

    func trains(to path: ICEPath) -> [DatagramTrain] {
        runs.compactMap { run in
            bytes.getSlice(at: run.start, length: run.end - run.start).map {
                DatagramTrain(path: path, bytes: $0, size: run.size)
            }
        }
    }
}
