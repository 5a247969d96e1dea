import Foundation
import Media
import NIOCore
import Time

/// One track as the ffmpeg program encoded and fragmented it: an initialisation section and its fragments.
struct FragmentedTrack {
    struct Fragment {
        let time: Int64
        let duration: Int64
        let isKey: Bool
        let bytes: [UInt8]
        /// Where the eight bytes of the decode time stand in `bytes`.
        let timeOffset: Int
    }

    let format: TrackFormat
    let initialisation: [UInt8]
    let fragments: [Fragment]

    /// Six seconds of a moving picture, a key frame every second, B-frames, about half a second a fragment.
    static let smallPicture = picture(width: 160, height: 120)
    static let largePicture = picture(width: 320, height: 240)
    /// Six seconds of a tone.
    static let sound = sound(rate: 48_000)
    static let otherSound = sound(rate: 44_100)

    private static func picture(width: Int32, height: Int32) -> FragmentedTrack {
        let format = PictureFormat(
            codec: .h264, codecs: "avc1.4d400b", width: width, height: height, configuration: [1], reorders: true)
        return encode(
            .picture(format),
            "-f lavfi -i testsrc2=size=\(width)x\(height):rate=25:duration=6 -c:v libx264 -preset ultrafast -bf 2 -g 25"
                + " -pix_fmt yuv420p -video_track_timescale 90000", movflags: "+frag_keyframe")
    }

    private static func sound(rate: Int32) -> FragmentedTrack {
        let format = SoundFormat(
            codec: .aac, codecs: "mp4a.40.2", sampleRate: rate, channels: 1, samplesPerFrame: 1024, configuration: [0x11])
        return encode(.sound(format), "-f lavfi -i sine=frequency=440:sample_rate=\(rate):duration=6 -c:a aac")
    }

    private static func encode(_ format: TrackFormat, _ arguments: String, movflags: String = "") -> FragmentedTrack {
        let file = NSTemporaryDirectory() + "hemicycle-\(UUID().uuidString).mp4"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let rest =
            " -use_editlist 0 -avoid_negative_ts make_non_negative -frag_duration 500000"
            + " -movflags empty_moov+default_base_moof+frag_discont\(movflags) \(file)"
        let run = Program.run("ffmpeg", ("-v error -y " + arguments + rest).split(separator: " ").map(String.init))
        guard run.status == 0, let bytes = FileManager.default.contents(atPath: file) else {
            preconditionFailure("the ffmpeg program made no media: \(run.errors)")
        }
        return FragmentedTrack(format, Array(bytes))
    }

    private init(_ format: TrackFormat, _ file: [UInt8]) {
        self.format = format
        let boxes = Box.boxes(in: file[...])
        let moofs = boxes.indices.filter { boxes[$0].type == "moof" }
        initialisation = Array(file[..<(moofs.first.map { boxes[$0].start } ?? 0)])
        fragments = moofs.map { Fragment(moof: boxes[$0], mdat: boxes[$0 + 1], in: file) }
    }
}

extension FragmentedTrack.Fragment {
    /// Reads `tfhd`, `tfdt` and `trun` (ISO/IEC 14496-12 §8.8) as libavformat writes them.
    fileprivate init(moof: Box, mdat: Box, in file: [UInt8]) {
        let inner = Box.boxes(in: moof.content).first { $0.type == "traf" }.map { Box.boxes(in: $0.content) } ?? []
        func content(_ type: String) -> [UInt8] { inner.first { $0.type == type }.map { Array($0.content) } ?? [] }
        let (header, run) = (content("tfhd"), content("trun"))
        let (defaultDuration, defaultFlags) = (number(header, 8, 4), number(header, 16, 4))
        let flags = number(run, 1, 3)
        var at = 8 + (flags & 1 != 0 ? 4 : 0)
        var firstFlags = defaultFlags
        if flags & 4 != 0 {
            firstFlags = number(run, at, 4)
            at += 4
        }
        var duration: Int64 = 0
        for _ in 0..<number(run, 4, 4) {
            duration += flags & 0x100 != 0 ? number(run, at, 4) : defaultDuration
            for field: Int64 in [0x100, 0x200, 0x400, 0x800] where flags & field != 0 { at += 4 }
        }
        self.duration = duration
        isKey = firstFlags & 0x10000 == 0
        time = number(content("tfdt"), 4, 8)
        timeOffset = inner.first { $0.type == "tfdt" }.map { $0.content.startIndex + 4 - moof.start } ?? 0
        bytes = Array(file[moof.start..<mdat.content.endIndex])
    }
}

/// A box of an MP4 file.
struct Box {
    let type: String
    let start: Int
    let content: ArraySlice<UInt8>

    static func boxes(in bytes: ArraySlice<UInt8>) -> [Box] {
        var boxes: [Box] = []
        var start = bytes.startIndex
        while start + 8 <= bytes.endIndex {
            let end = start + Int(number(Array(bytes[start..<start + 4]), 0, 4))
            let type = String(decoding: bytes[start + 4..<start + 8], as: UTF8.self)
            boxes.append(Box(type: type, start: start, content: bytes[start + 8..<end]))
            start = end
        }
        return boxes
    }
}

func number(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> Int64 {
    bytes[offset..<offset + count].reduce(0) { $0 << 8 | Int64($1) }
}
