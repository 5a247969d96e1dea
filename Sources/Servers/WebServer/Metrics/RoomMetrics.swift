import Identifiers
import Programme
import Recording
import Rooms
import Streams
import Time

/// What the rooms, their feeds and their recordings do now, as figures.
struct RoomMetrics {
    private let sessions: [SessionState]
    private let feeds: [FeedHealth]
    private let now: UTCInstant

    init(_ hub: Hub) {
        sessions = hub.rooms.states
        feeds = hub.feeds.all.map(\.health)
        now = hub.clock.now()
    }

    var metrics: [Metric] { sessionMetrics + feedMetrics + recordingMetrics }

    private var sessionMetrics: [Metric] {
        let phases: [SessionPhase] = [.planned, .doorsOpen, .running, .ended]
        return [
            Metric(
                "hemicycle_sessions", .gauge, "Sessions of all programmes, by phase.",
                phases.map { phase in Metric.Sample(sessions.count { $0.phase == phase }, ["phase": phase.rawValue]) }),
            gauge("hemicycle_participants_present", "Participants in the session that is on.", open) { Double($0.present) },
            Metric(
                "hemicycle_viewers", .gauge, "Participants who watch, by the way in which the media reach them.",
                [Metric.Sample(sessions.reduce(0) { $0 + $1.watching }, ["way": "hls"])]),
        ]
    }

    private var open: [SessionState] { sessions.filter { $0.phase == .doorsOpen || $0.phase == .running } }

    private func gauge(
        _ name: String, _ help: String, _ sessions: [SessionState], kind: Metric.Kind = .gauge, _ value: (SessionState) -> Double?
    ) -> Metric {
        Metric(
            name, kind, help,
            sessions.compactMap { session in
                value(session).map { Metric.Sample($0, ["room": "\(session.session.room)", "session": "\(session.session.id)"]) }
            })
    }
}

// MARK: - Feeds

extension RoomMetrics {
    private var feedMetrics: [Metric] {
        [
            Metric(
                "hemicycle_feeds", .gauge, "Feeds from production desks, by way and state.",
                feeds.map { Metric.Sample(1, ["room": "\($0.room)", "way": $0.way.rawValue, "state": $0.state.rawValue]) }),
            feed("hemicycle_feed_bits_per_second", "What arrives, over the last two seconds.") { Double($0.bitrate) },
            feed("hemicycle_feed_frame_age_seconds", "Time since the last frame.") { $0.lastFrame.map(age) },
            feed("hemicycle_feed_key_frame_age_seconds", "Time since the last key frame.") { $0.lastKeyFrame.map(age) },
            feed("hemicycle_feed_interruptions_total", "How often the publisher went away.", kind: .counter) {
                Double($0.interruptions)
            },
            feed("hemicycle_feed_frames_dropped_total", "Frames that slow readers lost.", kind: .counter) {
                Double($0.framesDropped)
            },
        ]
    }

    private func feed(
        _ name: String, _ help: String, kind: Metric.Kind = .gauge, _ value: (FeedHealth) -> Double?
    ) -> Metric {
        Metric(name, kind, help, feeds.compactMap { feed in value(feed).map { Metric.Sample($0, ["room": "\(feed.room)"]) } })
    }

    /// Seconds since then.
    private func age(_ instant: UTCInstant) -> Double { max(.zero, now.since(instant)) / .seconds(1) }
}

// MARK: - Recordings

extension RoomMetrics {
    private var recordingMetrics: [Metric] {
        [
            recording("hemicycle_recording_unsynced_seconds", "What a power cut would take from the recording now.") {
                $0.exposure() / .seconds(1)
            },
            recording("hemicycle_recording_sync_age_seconds", "Time since all of the recording was on the disk.") {
                $0.lastSync.duration(to: .now) / .seconds(1)
            },
            recording("hemicycle_recording_seconds", "Length of the recording that is being made.") { $0.duration / .seconds(1) },
            recording("hemicycle_recording_bytes", "What of the recording is written.") { Double($0.bytesOnDisk) },
            recording("hemicycle_recording_queued_bytes", "What of the recording waits for the disk.") { Double($0.queuedBytes) },
            recording("hemicycle_recording_gaps", "Holes in the recording, of all its tracks.") { Double($0.gapCount) },
            Metric(
                "hemicycle_recording_alarm", .gauge, "1 for each alarm of a recording that is raised now.",
                sessions.flatMap { session in
                    session.recordingAlarms.sorted { $0.rawValue < $1.rawValue }.map {
                        Metric.Sample(1, ["room": "\(session.session.room)", "alarm": $0.rawValue])
                    }
                }),
        ]
    }

    private func recording(_ name: String, _ help: String, _ value: (RecordingState) -> Double) -> Metric {
        gauge(name, help, sessions) { $0.recording.map { value($0.writer) } }
    }
}
