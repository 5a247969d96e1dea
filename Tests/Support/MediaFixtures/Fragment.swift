package import NIOCore

/// A `moof` with its `mdat`, read apart from the code that writes it (ISO/IEC 14496-12).
package struct Fragment: Hashable, Sendable {
    package struct Sample: Hashable, Sendable {
        package let duration: UInt32
        package let size: UInt32
        /// How much later it is shown than decoded.
        package let offset: Int64
    }

    /// The boxes at the top, by type and in order.
    package let boxes: [String]
    /// `tfdt`.
    package let decodeTime: UInt64
    /// `trun`, with what it leaves to `tfhd` filled in.
    package let samples: [Sample]

    package var duration: UInt64 { samples.reduce(0) { $0 + UInt64($1.duration) } }

    package init?(_ bytes: ByteBuffer) {
        let top = Box.all(in: bytes)
        guard let fragment = top.first(where: { $0.type == "moof" })?.child("traf"),
            let time = fragment.child("tfdt"), let header = fragment.child("tfhd"), let run = fragment.child("trun"),
            let decodeTime = time.body.getInteger(at: time.body.readerIndex + 4, as: UInt64.self)
        else { return nil }
        self.boxes = top.map(\.type)
        self.decodeTime = decodeTime
        self.samples = Self.samples(of: run, defaults: Defaults(header))
    }

    private struct Defaults {
        var duration: UInt32 = 0
        var size: UInt32 = 0

        /// The optional fields of `tfhd` that stand before those looked for, by their flag (§8.8.7).
        init(_ header: Box) {
            var body = header.body
            let flags = body.readInteger(as: UInt32.self) ?? 0
            body.moveReaderIndex(forwardBy: 4 + (flags & 0x1 != 0 ? 8 : 0) + (flags & 0x2 != 0 ? 4 : 0))
            if flags & 0x8 != 0 { duration = body.readInteger() ?? 0 }
            if flags & 0x10 != 0 { size = body.readInteger() ?? 0 }
        }
    }

    private static func samples(of run: Box, defaults: Defaults) -> [Sample] {
        var body = run.body
        let flags = body.readInteger(as: UInt32.self) ?? 0
        let count = body.readInteger(as: UInt32.self) ?? 0
        body.moveReaderIndex(forwardBy: (flags & 0x1 != 0 ? 4 : 0) + (flags & 0x4 != 0 ? 4 : 0))
        return (0..<count).map { _ in
            let duration = flags & 0x100 != 0 ? body.readInteger(as: UInt32.self) ?? 0 : defaults.duration
            let size = flags & 0x200 != 0 ? body.readInteger(as: UInt32.self) ?? 0 : defaults.size
            if flags & 0x400 != 0 { body.moveReaderIndex(forwardBy: 4) }
            let offset = flags & 0x800 != 0 ? body.readInteger(as: Int32.self) ?? 0 : 0
            return Sample(duration: duration, size: size, offset: Int64(offset))
        }
    }
}

/// A box and what it holds.
struct Box {
    let type: String
    let body: ByteBuffer

    func child(_ type: String) -> Box? {
        Self.all(in: body).first { $0.type == type }
    }

    /// The boxes that follow one another in `bytes`, up to the first that is cut short.
    static func all(in bytes: ByteBuffer) -> [Box] {
        var bytes = bytes
        var boxes: [Box] = []
        while let size = bytes.readInteger(as: UInt32.self), let type = bytes.readString(length: 4),
            let body = bytes.readSlice(length: max(0, Int(size) - 8))
        {
            boxes.append(Box(type: type, body: body))
        }
        return boxes
    }
}

extension ByteBuffer {
    /// The types of the boxes at the top.
    package var boxTypes: [String] { Box.all(in: self).map(\.type) }
}
