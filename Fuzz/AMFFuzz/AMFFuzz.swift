import Fuzzing
import NIOCore
import RTMP

/// What is read from AMF stays the same once it is written as AMF0 and read again.
@main enum AMFFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        var decoder = AMF0Decoder(input)
        while let value = try? decoder.next() {
            let written = encoded(value)
            guard written.readableBytes <= 1 << 20 else { continue }
            var second = AMF0Decoder(written)
            guard let again = try? second.next() else { preconditionFailure("what was written is not read") }
            precondition(encoded(again) == written, "what was written is read as something else")
        }
        _ = try? Command(input)
    }

    private static func encoded(_ value: AMFValue) -> ByteBuffer {
        var output = ByteBuffer()
        value.encode(to: &output)
        return output
    }
}
