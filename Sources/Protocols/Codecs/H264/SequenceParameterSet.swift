/// What a sequence parameter set of H.264 (§7.3.2.1.1) says about its pictures.
package struct SequenceParameterSet: Hashable, Sendable {
    /// Samples on a side; level 6.2 ends near 16,880, and nobody broadcasts more than 8K.
    package static let maximumSide: Int32 = 16_384

    package let profile: UInt8
    /// The constraint flags, set 0 the highest bit.
    package let constraints: UInt8
    package let level: UInt8
    /// Luma samples after cropping.
    package let width: Int32
    package let height: Int32
    /// Whether pictures may be shown in another order than they are decoded in.
    package let reorders: Bool
}

extension SequenceParameterSet {
    private static let unitType: UInt8 = 7
    private static let baseline: UInt8 = 66
    /// The profiles that tell their chroma format (§7.3.2.1.1).
    private static let chromaProfiles: Set<UInt8> = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]
    /// The profiles that are intra-only where constraint set 3 is on (§E.2.1, max_num_reorder_frames).
    private static let intraProfiles: Set<UInt8> = [44, 86, 100, 110, 122, 244]
    private static let constraintSet3: UInt8 = 0x10

    /// Reads the NAL unit, its header byte first.
    package init(_ unit: [UInt8]) throws(CodecError) {
        guard let header = unit.first, header & 0x1F == Self.unitType else {
            throw CodecError(.malformed, "A sequence parameter set that is another NAL unit.")
        }
        var reader = BitReader(Self.withoutEmulationPrevention(unit.dropFirst()))
        profile = UInt8(truncatingIfNeeded: try reader.bits(8))
        constraints = UInt8(truncatingIfNeeded: try reader.bits(8))
        level = UInt8(truncatingIfNeeded: try reader.bits(8))
        _ = try reader.unsigned(atMost: 31, "seq_parameter_set_id")
        let chroma = try Self.readChroma(profile: profile, &reader)
        let order = try Self.readPictureOrder(&reader)
        (width, height) = try Self.readSize(chroma, &reader)
        let declared = try reader.bit() ? try VideoUsability.readReorderFrames(&reader) : nil
        reorders = Self.mayReorder(order, profile: profile, constraints: constraints, declared: declared)
    }

    /// Drops the 3 of every 00 00 03 (§7.4.1.1).
    private static func withoutEmulationPrevention(_ unit: ArraySlice<UInt8>) -> [UInt8] {
        var payload: [UInt8] = []
        payload.reserveCapacity(unit.count)
        var zeros = 0
        for byte in unit {
            if zeros >= 2, byte == 3 {
                zeros = 0
                continue
            }
            zeros = byte == 0 ? zeros + 1 : 0
            payload.append(byte)
        }
        return payload
    }

    /// What is declared decides; else a profile, or an order, that cannot reorder.
    private static func mayReorder(
        _ order: PictureOrder, profile: UInt8, constraints: UInt8, declared: UInt32?
    ) -> Bool {
        if order.followsDecoding || profile == baseline { return false }
        if let declared { return declared > 0 }
        let isIntraOnly = intraProfiles.contains(profile) && constraints & constraintSet3 != 0
        return !isIntraOnly && order.referenceFrames > 0
    }
}

// MARK: - Chroma and scaling

extension SequenceParameterSet {
    private struct Chroma {
        /// 0 monochrome, 1 4:2:0, 2 4:2:2, 3 4:4:4.
        var format: UInt32 = 1
        var hasSeparatePlanes = false
    }

    private static func readChroma(profile: UInt8, _ reader: inout BitReader) throws(CodecError) -> Chroma {
        var chroma = Chroma()
        guard chromaProfiles.contains(profile) else { return chroma }
        chroma.format = try reader.unsigned(atMost: 3, "chroma_format_idc")
        if chroma.format == 3 { chroma.hasSeparatePlanes = try reader.bit() }
        _ = try reader.unsigned(atMost: 6, "bit_depth_luma_minus8")
        _ = try reader.unsigned(atMost: 6, "bit_depth_chroma_minus8")
        try reader.skip(1)
        if try reader.bit() { try skipScalingMatrix(lists: chroma.format == 3 ? 12 : 8, &reader) }
        return chroma
    }

    private static func skipScalingMatrix(lists: Int, _ reader: inout BitReader) throws(CodecError) {
        for list in 0..<lists where try reader.bit() {
            try skipScalingList(size: list < 6 ? 16 : 64, &reader)
        }
    }

    /// A list ends early where its next scale comes out as 0 (§7.3.2.1.1.1).
    private static func skipScalingList(size: Int, _ reader: inout BitReader) throws(CodecError) {
        var (last, next): (Int64, Int64) = (8, 8)
        for _ in 0..<size {
            if next != 0 {
                let delta = try reader.signed()
                guard -128...127 ~= delta else { throw CodecError(.malformed, "A scaling list with a step of \(delta).") }
                next = (last + delta + 256) % 256
            }
            last = next == 0 ? last : next
        }
    }
}

// MARK: - Order and size

extension SequenceParameterSet {
    private struct PictureOrder {
        /// pic_order_cnt_type 2: the order of output is that of decoding (§8.2.1.3).
        let followsDecoding: Bool
        let referenceFrames: UInt32
    }

    private static func readPictureOrder(_ reader: inout BitReader) throws(CodecError) -> PictureOrder {
        _ = try reader.unsigned(atMost: 12, "log2_max_frame_num_minus4")
        let type = try reader.unsigned(atMost: 2, "pic_order_cnt_type")
        if type == 0 { _ = try reader.unsigned(atMost: 12, "log2_max_pic_order_cnt_lsb_minus4") }
        if type == 1 { try skipOrderCycle(&reader) }
        let references = try reader.unsigned(atMost: 16, "max_num_ref_frames")
        try reader.skip(1)
        return PictureOrder(followsDecoding: type == 2, referenceFrames: references)
    }

    private static func skipOrderCycle(_ reader: inout BitReader) throws(CodecError) {
        try reader.skip(1)
        _ = try reader.signed()
        _ = try reader.signed()
        let count = try reader.unsigned(atMost: 255, "num_ref_frames_in_pic_order_cnt_cycle")
        for _ in 0..<count { _ = try reader.signed() }
    }

    /// Macroblocks less the cropping (§7.4.2.1.1, equations 7-18 to 7-22).
    private static func readSize(_ chroma: Chroma, _ reader: inout BitReader) throws(CodecError) -> (Int32, Int32) {
        let limit = UInt32(maximumSide / 16 - 1)
        let columns = try reader.unsigned(atMost: limit, "pic_width_in_mbs_minus1") + 1
        let rows = try reader.unsigned(atMost: limit, "pic_height_in_map_units_minus1") + 1
        let hasFramesOnly = try reader.bit()
        if !hasFramesOnly { try reader.skip(1) }
        try reader.skip(1)
        let fields: UInt32 = hasFramesOnly ? 1 : 2
        let crop = try readCropping(&reader)
        let hasChromaPlanes = chroma.format != 0 && !chroma.hasSeparatePlanes
        let unitWidth: UInt32 = hasChromaPlanes && chroma.format < 3 ? 2 : 1
        let unitHeight: UInt32 = (hasChromaPlanes && chroma.format == 1 ? 2 : 1) * fields
        return (
            try cropped(columns * 16, by: crop.left, crop.right, unit: unitWidth),
            try cropped(rows * 16 * fields, by: crop.top, crop.bottom, unit: unitHeight)
        )
    }

    private struct Cropping {
        var (left, right, top, bottom): (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    }

    private static func readCropping(_ reader: inout BitReader) throws(CodecError) -> Cropping {
        guard try reader.bit() else { return Cropping() }
        let limit = UInt32(maximumSide)
        let left = try reader.unsigned(atMost: limit, "frame_crop_left_offset")
        let right = try reader.unsigned(atMost: limit, "frame_crop_right_offset")
        let top = try reader.unsigned(atMost: limit, "frame_crop_top_offset")
        let bottom = try reader.unsigned(atMost: limit, "frame_crop_bottom_offset")
        return Cropping(left: left, right: right, top: top, bottom: bottom)
    }

    /// None of the numbers passes 2^18: all were bounded when they were read.
    private static func cropped(
        _ whole: UInt32, by first: UInt32, _ second: UInt32, unit: UInt32
    ) throws(CodecError) -> Int32 {
        let crop = (first + second) * unit
        guard crop < whole, whole - crop <= UInt32(maximumSide) else {
            throw CodecError(.malformed, "An H.264 picture cropped to nothing, or larger than \(maximumSide) samples.")
        }
        return Int32(whole - crop)
    }
}
