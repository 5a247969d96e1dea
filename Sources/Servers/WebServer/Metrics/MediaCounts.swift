import HLS
import Packaging

/// How much live media was given out since the start. It is counted for every part that every viewer asks for, so by nothing but atomic
/// numbers.
final class MediaCounts: Sendable {
    enum Kind: Int, CaseIterable {
        case multivariant
        case playlist
        case initialisation
        case segment
        case part

        init(_ question: LiveQuestion) {
            switch question {
            case .multivariant: self = .multivariant
            case .playlist: self = .playlist
            case .file(_, .initialisation): self = .initialisation
            case .file(_, .segment): self = .segment
            case .file(_, .part): self = .part
            }
        }
    }

    private let answers = Kind.allCases.map { _ in Tally() }
    private let bytes = Kind.allCases.map { _ in Tally() }

    func count(_ question: LiveQuestion, bytes length: Int) {
        let kind = Kind(question).rawValue
        answers[kind].add()
        bytes[kind].add(length)
    }

    var metrics: [Metric] {
        [
            Metric(
                "hemicycle_media_answers_total", .counter, "Playlists and pieces of live media given out, by kind.",
                samples(answers)),
            Metric("hemicycle_media_bytes_total", .counter, "Bytes of live media given out, heads not counted.", samples(bytes)),
        ]
    }

    private func samples(_ tallies: [Tally]) -> [Metric.Sample] {
        zip(Kind.allCases, tallies).map { Metric.Sample($1.count, ["kind": "\($0)"]) }
    }
}
