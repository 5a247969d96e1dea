import Identifiers
import Media
import NIOCore
import Streams
import Synchronization
import Time

let start = UTCInstant(microseconds: 1_623_837_600_000_000)

/// A picture of `bytes` bytes at `milliseconds` of the connection's line, arriving then.
func picture(_ milliseconds: Int64, key: Bool = false, arrival: Int64? = nil, bytes: Int = 10) -> MediaFrame {
    frame(.picture, milliseconds, key: key, arrival: arrival ?? milliseconds, bytes: bytes)
}

func sound(_ milliseconds: Int64, arrival: Int64? = nil) -> MediaFrame {
    frame(.sound, milliseconds, key: true, arrival: arrival ?? milliseconds, bytes: 10)
}

private func frame(_ kind: TrackKind, _ milliseconds: Int64, key: Bool, arrival: Int64, bytes: Int) -> MediaFrame {
    MediaFrame(
        kind: kind, decodeTime: MediaTime(ticks: milliseconds, timescale: 1000), presentationOffset: 0, isKey: key,
        payload: ByteBuffer(repeating: 0, count: bytes), receivedAt: start.advanced(by: .milliseconds(arrival)))
}

let h264 = TrackFormat.picture(
    PictureFormat(codec: .h264, codecs: "avc1.64001f", width: 1280, height: 720, configuration: [1], reorders: false))
let smaller = TrackFormat.picture(
    PictureFormat(codec: .h264, codecs: "avc1.64001e", width: 640, height: 360, configuration: [2], reorders: false))
let aac = TrackFormat.sound(
    SoundFormat(codec: .aac, codecs: "mp4a.40.2", sampleRate: 48_000, channels: 2, samplesPerFrame: 1024, configuration: [3]))

/// What a reader was told, in short: `P!0` a key picture at 0 ms after `start`, `P40`, `S20`, `format`, `interrupted` …
func short(_ events: [FeedEvent]) -> [String] {
    events.map { event in
        switch event {
        case .format: "format"
        case .frame(let frame): short(frame)
        case .interrupted: "interrupted"
        case .overrun: "overrun"
        case .ended: "ended"
        }
    }
}

private func short(_ frame: MediaFrame) -> String {
    let milliseconds = (frame.decodeTime.duration.microseconds - start.microseconds) / 1000
    return (frame.kind == .sound ? "S" : frame.isKey ? "P!" : "P") + "\(milliseconds)"
}

/// Notes what happens to feeds, without their ids.
final class Notices: Sendable {
    private let told = Mutex<[String]>([])

    var all: [String] { told.withLock { $0 } }

    func note(_ notice: FeedNotice) {
        let word =
            switch notice {
            case .started: "started"
            case .interrupted: "interrupted"
            case .resumed: "resumed"
            case .ended: "ended"
            }
        told.withLock { $0.append(word) }
    }
}

/// A directory with the desk's two tracks declared.
struct Studio {
    let room = RoomID(at: start)
    let key = StreamKeyID(at: start)
    let notices = Notices()
    let directory: FeedDirectory

    init(_ change: (inout FeedDirectory.Configuration) -> Void = { _ in }) {
        var configuration = FeedDirectory.Configuration()
        change(&configuration)
        let notices = notices
        directory = FeedDirectory(configuration: configuration, clock: SystemWallClock()) { notices.note($0) }
    }

    func publish(to other: RoomID? = nil, with otherKey: StreamKeyID? = nil) throws(PublishRefusal) -> Publication {
        let publication = try directory.publish(
            to: other ?? room, with: otherKey ?? key, way: .rtmp, remoteAddress: "127.0.0.1")
        publication.declare(h264)
        publication.declare(aac)
        return publication
    }
}
