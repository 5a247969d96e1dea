import Media
import NIOCore
import RTP
import Time

/// The sender reports that were sent, by which a receiver's report tells the way there and back.
struct SentReports {
    static let capacity = 8
    private var reports: [(middle: UInt32, sentAt: NIODeadline)] = []

    mutating func note(_ time: NTPTime, at now: NIODeadline) {
        if reports.count == Self.capacity { reports.removeFirst() }
        reports.append((time.middle, now))
    }

    func roundTrip(of block: ReportBlock, at now: NIODeadline) -> Duration? {
        guard let report = reports.last(where: { $0.middle == block.lastReport }) else { return nil }
        let way = Duration.nanoseconds((now - report.sentAt).nanoseconds) - .microseconds(Int64(block.delay) * 1_000_000 / 65_536)
        return max(.zero, way)
    }
}

// MARK: - What a viewer tells

extension ViewerPeer {
    mutating func hear(_ compound: ByteBuffer, at now: NIODeadline) -> ViewerEvent? {
        guard let packets = try? RTCPPacket.read(compound) else { return nil }
        var wishes = false
        for packet in packets {
            switch packet {
            case .receiverReport(let report): note(report.blocks, at: now)
            case .senderReport(let report): note(report.blocks, at: now)
            case .nack(let nack): repair(nack, at: now)
            case .pictureLoss(let loss): wishes = wishes || isPicture(loss.media)
            case .fullIntraRequest(let request): wishes = wishes || request.entries.contains { isPicture($0.media) }
            case .bitrateEstimate(let estimate): statistics.estimate = estimate.bitrate
            case .sourceDescription, .goodbye, .transportFeedback: break
            }
        }
        return wishes && isNewWish(at: now) ? .wishesKeyFrame : nil
    }

    private func isPicture(_ ssrc: SSRC) -> Bool { streams.contains { $0.ssrc == ssrc && $0.kind == .picture } }

    private mutating func isNewWish(at now: NIODeadline) -> Bool {
        if let lastWish, now < lastWish + Self.wishPause { return false }
        lastWish = now
        statistics.keyFrameWishes += 1
        return true
    }

    private mutating func note(_ blocks: [ReportBlock], at now: NIODeadline) {
        guard let block = blocks.first(where: { isPicture($0.source) }) ?? blocks.first,
            let stream = streams.first(where: { $0.ssrc == block.source })
        else { return }
        statistics.loss = Double(block.fractionLost) / 256
        statistics.jitter = Double(block.jitter) / Double(stream.clockRate)
        statistics.roundTrip = sentReports.roundTrip(of: block, at: now) ?? statistics.roundTrip
    }
}

// MARK: - Repairs

extension ViewerPeer {
    private mutating func repair(_ nack: NACK, at now: NIODeadline) {
        guard let place = streams.firstIndex(where: { $0.ssrc == nack.media }), let path = transport.path else { return }
        var writer = TrainWriter(capacity: 0)
        for sequence in nack.lost { repair(sequence, of: place, into: &writer, at: now) }
        trains.append(contentsOf: writer.trains(to: path))
    }

    private mutating func repair(_ sequence: UInt16, of place: Int, into writer: inout TrainWriter, at now: NIODeadline) {
        guard let entry = streams[place].history[sequence] else { return statistics.unrepaired += 1 }
        guard now >= entry.sentAt + OutboundStream.repairPause, trains.count < Self.maximumTrains else { return }
        let start = writer.bytes.writerIndex
        let isDone =
            if let (repair, index) = streams[place].takeRepair(of: entry, at: now) {
                write(entry, by: repair, index, into: &writer.bytes, at: now)
            } else {
                write(entry, of: place, into: &writer.bytes)
            }
        guard isDone else { return }
        writer.note(from: start)
        statistics.repaired += 1
    }

    /// In the stream of repairs, behind its own number (RFC 4588 §4).
    private mutating func write(
        _ entry: PacketHistory.Entry, by repair: OutboundStream.RepairStream, _ index: UInt64, into output: inout ByteBuffer,
        at now: NIODeadline
    ) -> Bool {
        let start = output.writerIndex
        repair.template.write(
            hasMarker: entry.packet.hasMarker, sequence: UInt16(truncatingIfNeeded: index), timestamp: entry.timestamp,
            transportSequence: transportSequence, sendTime: Self.absoluteSendTime(at: now), into: &output)
        transportSequence &+= 1
        var payload = ByteBuffer()
        RetransmissionPayload.write(entry.packet.payload, of: entry.sequence, into: &payload)
        return transport.protect(payload, behind: start, in: &output, ssrc: repair.ssrc.value, index: index)
    }

    /// As it was: the same bytes under the same index.
    private func write(_ entry: PacketHistory.Entry, of place: Int, into output: inout ByteBuffer) -> Bool {
        let start = output.writerIndex
        streams[place].template.write(
            hasMarker: entry.packet.hasMarker, sequence: entry.sequence, timestamp: entry.timestamp, transportSequence: 0,
            sendTime: 0, into: &output)
        return transport.protect(
            entry.packet.payload, behind: start, in: &output, ssrc: streams[place].ssrc.value, index: entry.index)
    }
}

// MARK: - Reports

extension ViewerPeer {
    mutating func sendReports(at now: NIODeadline) {
        reportDeadline = now + Self.reportInterval
        let instant = clock.instant(at: now)
        let reports = streams.compactMap { $0.report(at: instant) }
        guard let path = transport.path, !reports.isEmpty else { return }
        var compound = ByteBuffer()
        for report in reports { RTCPPacket.senderReport(report).write(into: &compound) }
        RTCPPacket.sourceDescription(reports.map { SourceDescription(source: $0.sender, name: name) }).write(into: &compound)
        guard let packet = transport.protect(control: compound) else { return }
        sentReports.note(NTPTime(instant), at: now)
        trains.append(DatagramTrain(PeerDatagram(path: path, bytes: packet)))
    }
}
