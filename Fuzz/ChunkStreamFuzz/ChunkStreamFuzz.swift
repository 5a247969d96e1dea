import Fuzzing
import NIOCore
import RTMP

/// A chunk stream gives the same messages whole and in pieces, and what it gave is read again from our own encoder.
@main enum ChunkStreamFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        let whole = decode([input])
        precondition(whole == decode(pieces(of: input)), "the messages depend on how the bytes were cut")
        var encoder = ChunkEncoder()
        let again = decode(whole.map { encoder.encode($0, on: 5) })
        precondition(again == whole, "the encoder wrote other messages than it was given")
    }

    /// The messages up to the first error, which ends a connection.
    private static func decode(_ pieces: [ByteBuffer]) -> [Message] {
        var decoder = ChunkDecoder()
        var messages: [Message] = []
        do {
            for piece in pieces {
                decoder.append(piece)
                while let message = try decoder.next() { messages.append(message) }
            }
        } catch {}
        return messages
    }

    /// Pieces of 1 to 64 bytes, as long as the first byte says.
    private static func pieces(of input: ByteBuffer) -> [ByteBuffer] {
        var (rest, pieces) = (input, [ByteBuffer]())
        let length = Int(input.getInteger(at: input.readerIndex, as: UInt8.self) ?? 0) % 64 + 1
        while let piece = rest.readSlice(length: min(length, rest.readableBytes)), piece.readableBytes > 0 {
            pieces.append(piece)
        }
        return pieces
    }
}
