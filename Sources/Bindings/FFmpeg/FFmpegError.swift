import CFFmpeg

/// Why a call into FFmpeg failed.
package struct FFmpegError: Error, Hashable, Sendable {
    /// FFmpeg's own code, negative. Codes that have no name here stay representable.
    package struct Code: RawRepresentable, Hashable, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        package static let again = Code(rawValue: HEMICYCLE_AVERROR_AGAIN)
        package static let end = Code(rawValue: HEMICYCLE_AVERROR_END)
        package static let exit = Code(rawValue: HEMICYCLE_AVERROR_EXIT)
        package static let invalidArgument = Code(rawValue: HEMICYCLE_AVERROR_INVALID_ARGUMENT)
        package static let invalidData = Code(rawValue: HEMICYCLE_AVERROR_INVALID_DATA)
        package static let inputOutput = Code(rawValue: HEMICYCLE_AVERROR_IO)
        package static let noMemory = Code(rawValue: HEMICYCLE_AVERROR_NO_MEMORY)
        package static let noDecoder = Code(rawValue: HEMICYCLE_AVERROR_DECODER_NOT_FOUND)
        package static let noEncoder = Code(rawValue: HEMICYCLE_AVERROR_ENCODER_NOT_FOUND)
        package static let noMuxer = Code(rawValue: HEMICYCLE_AVERROR_MUXER_NOT_FOUND)
    }

    package let code: Code
    /// What was being done, as a noun or an infinitive: "writing a frame".
    package let operation: String
    /// What FFmpeg says of the code, and what it logged last about the matter, if it did.
    package let message: String

    package init(_ code: Code, while operation: String) {
        self.code = code
        self.operation = operation
        self.message = Self.describe(code)
    }

    private static func describe(_ code: Code) -> String {
        let name = unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { text in
            unsafe hemicycle_describe_error(code.rawValue, text.baseAddress, text.count)
            return unsafe text.baseAddress.map { unsafe String(cString: $0) } ?? ""
        }
        let complaint = unsafe String(cString: hemicycle_last_complaint())
        return complaint.isEmpty ? name : "\(name) (\(complaint))"
    }
}

extension FFmpegError: CustomStringConvertible {
    package var description: String { "FFmpeg failed at \(operation): \(message)" }
}
