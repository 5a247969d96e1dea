/// Reads the video usability information (H.264 §E.1.1) as far as how many pictures may be out of order.
enum VideoUsability {
    private static let extendedAspectRatio: UInt32 = 255

    /// max_num_reorder_frames; nil where it is not declared.
    static func readReorderFrames(_ reader: inout BitReader) throws(CodecError) -> UInt32? {
        try skipAppearance(&reader)
        if try reader.bit() { try reader.skip(32 + 32 + 1) }
        let hasUnitHRD = try reader.bit()
        if hasUnitHRD { try skipHRD(&reader) }
        let hasStreamHRD = try reader.bit()
        if hasStreamHRD { try skipHRD(&reader) }
        if hasUnitHRD || hasStreamHRD { try reader.skip(1) }
        try reader.skip(1)
        guard try reader.bit() else { return nil }
        return try readRestriction(&reader)
    }

    /// Aspect ratio, overscan, signal type and chroma location.
    private static func skipAppearance(_ reader: inout BitReader) throws(CodecError) {
        if try reader.bit(), try reader.bits(8) == extendedAspectRatio { try reader.skip(32) }
        if try reader.bit() { try reader.skip(1) }
        if try reader.bit() {
            try reader.skip(4)
            if try reader.bit() { try reader.skip(24) }
        }
        if try reader.bit() {
            _ = try reader.unsigned(atMost: 5, "chroma_sample_loc_type_top_field")
            _ = try reader.unsigned(atMost: 5, "chroma_sample_loc_type_bottom_field")
        }
    }

    /// The hypothetical decoder's buffers (§E.1.2).
    private static func skipHRD(_ reader: inout BitReader) throws(CodecError) {
        let count = try reader.unsigned(atMost: 31, "cpb_cnt_minus1")
        try reader.skip(8)
        for _ in 0...count {
            _ = try reader.unsigned()
            _ = try reader.unsigned()
            try reader.skip(1)
        }
        try reader.skip(20)
    }

    private static func readRestriction(_ reader: inout BitReader) throws(CodecError) -> UInt32 {
        try reader.skip(1)
        _ = try reader.unsigned(atMost: 16, "max_bytes_per_pic_denom")
        _ = try reader.unsigned(atMost: 16, "max_bits_per_mb_denom")
        _ = try reader.unsigned(atMost: 16, "log2_max_mv_length_horizontal")
        _ = try reader.unsigned(atMost: 16, "log2_max_mv_length_vertical")
        return try reader.unsigned(atMost: 16, "max_num_reorder_frames")
    }
}
