import NIOCore

/// The ways in which a stream of bytes may arrive: whole, in two at some places, and byte by byte.
func cuttings(of bytes: ByteBuffer) -> [[ByteBuffer]] {
    let all = Array(bytes.readableBytesView)
    let halves = stride(from: 1, to: all.count, by: max(1, all.count / 7)).map { place in
        [ByteBuffer(bytes: all[..<place]), ByteBuffer(bytes: all[place...])]
    }
    return [[bytes]] + halves + [all.map { ByteBuffer(bytes: [$0]) }]
}

extension ByteBuffer {
    init(joining buffers: [ByteBuffer]) {
        self.init()
        for buffer in buffers { writeImmutableBuffer(buffer) }
    }
}
