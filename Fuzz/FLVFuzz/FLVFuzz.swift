import Fuzzing
import NIOCore
import RTMP

/// Bodies of audio and video messages never hold more than came, and a refusal always fits what ffmpeg shows.
@main enum FLVFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        switch try? VideoTag(input) {
        case .configuration(let bytes): precondition(bytes.readableBytes + 5 <= input.readableBytes)
        case .picture(let picture): precondition(picture.payload.readableBytes + 5 <= input.readableBytes)
        case .foreign(let codec): precondition(codec.explanation.utf8.count < 255)
        case .endOfSequence, .nothing, nil: break
        }
        switch try? AudioTag(input) {
        case .configuration(let bytes), .sound(let bytes): precondition(bytes.readableBytes + 2 <= input.readableBytes)
        case .foreign(let codec): precondition(codec.explanation.utf8.count < 255)
        case .nothing, nil: break
        }
    }
}
