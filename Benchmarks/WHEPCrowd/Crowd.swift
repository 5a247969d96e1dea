import NIOCore
import NIOPosix
import SecureTransport

/// All viewers, and what they have received since the measured time began. Only its loop uses it.
final class Crowd {
    /// What is told of the measured time.
    struct Report: Encodable {
        var packets: UInt64 = 0
        var lost: UInt64 = 0
        /// Frames that came whole.
        var frames = 0
        /// From the desk's clock to the moment when a viewer has decrypted the last packet of the frame, in microseconds.
        var delays: [Int64] = []
        /// From each viewer's POST to its first whole key frame, in microseconds.
        var firstPictures: [Int64] = []
        /// The packets of each frame that one of the viewers received: how long they are in the clear.
        var pattern: [[Int]] = []
    }

    private let endpoint: WHEPEndpoint
    private let loop: any EventLoop
    private let identity: DTLSIdentity
    private var viewers: [Viewer] = []
    private var marks: [Reception.Mark] = []
    private var measured = Report()
    private var isMeasuring = false
    private var failure: (any Error)?

    init(_ endpoint: WHEPEndpoint, on loop: any EventLoop) throws {
        self.endpoint = endpoint
        self.loop = loop
        identity = try DTLSIdentity()
    }

    /// One more viewer comes.
    func welcome() {
        let isFirst = viewers.isEmpty
        let crowd = NIOLoopBound(self, eventLoop: loop)
        let viewer = Viewer(identity) { crowd.value.note($0, ofFirst: isFirst) }
        viewers.append(viewer)
        let bound = NIOLoopBound(viewer, eventLoop: loop)
        let endpoint = endpoint
        ViewerSocket.open(bound, on: loop).flatMap { _ in
            bound.value.hasAsked(at: .now())
            return endpoint.post(bound.value.offer, on: bound.eventLoop)
        }.flatMapThrowing {
            try bound.value.begin(with: ServerSide($0))
        }.whenFailure { crowd.value.failure = $0 }
    }

    /// Whether everybody has seen a picture.
    func allSee() throws -> Bool {
        if let failure { throw failure }
        return viewers.allSatisfy { $0.firstPicture != nil }
    }

    func beginMeasuring() {
        marks = viewers.map(\.reception.mark)
        isMeasuring = true
    }

    private func note(_ frame: Reception.Frame, ofFirst isFirst: Bool) {
        guard isMeasuring else { return }
        measured.frames += 1
        if let sentAt = frame.sentAt { measured.delays.append((NIODeadline.now() - sentAt).nanoseconds / 1000) }
        if isFirst { measured.pattern.append(frame.lengths) }
    }

    var report: Report {
        var report = measured
        for (viewer, mark) in zip(viewers, marks) {
            let (packets, lost) = viewer.reception.since(mark)
            report.packets += packets
            report.lost += lost
        }
        report.firstPictures = viewers.compactMap { $0.firstPicture.map { $0.nanoseconds / 1000 } }
        return report
    }

    func leave() -> EventLoopFuture<Void> {
        .andAllComplete(viewers.map { $0.leave(loop) }, on: loop)
    }
}
