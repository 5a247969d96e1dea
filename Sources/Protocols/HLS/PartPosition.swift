/// The place of a partial segment: in which segment, and which of its parts.
package struct PartPosition: Hashable, Sendable {
    /// A media sequence number.
    package var segment: Int64
    /// From 0.
    package var part: Int

    package init(segment: Int64, part: Int) {
        self.segment = segment
        self.part = part
    }
}

extension PartPosition: Comparable {
    package static func < (left: PartPosition, right: PartPosition) -> Bool {
        (left.segment, left.part) < (right.segment, right.part)
    }
}
