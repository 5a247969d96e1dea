import Codecs
import Fuzzing
import NIOCore

/// The codecs' own parameters: what is accepted has a size, a rate and channels.
@main enum ParametersFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        if let configuration = try? AVCConfiguration(input) { check(configuration.sequence) }
        if let sequence = try? SequenceParameterSet(Array(input.readableBytesView)) { check(sequence) }
        if let sound = try? AudioSpecificConfig(input) {
            precondition(sound.sampleRate > 0 && sound.channels > 0 && sound.samplesPerFrame > 0)
        }
    }

    private static func check(_ sequence: SequenceParameterSet) {
        let sides = 1...SequenceParameterSet.maximumSide
        precondition(sides.contains(sequence.width) && sides.contains(sequence.height))
    }
}
