import Media

/// The pictures since the last key frame, so that a new viewer sees something at once.
///
/// Bounded: beyond the bounds it is empty until the next key frame, which has to be asked for then.
package struct GroupCache: Sendable {
    /// A minute at 50 frames a second.
    package static let maximumGroups = 3000
    /// What may be sent to a newcomer in one go: eight seconds of 4 Mbit/s.
    package static let maximumBytes = 4 << 20

    package private(set) var groups: [PacketGroup] = []
    private var bytes = 0

    package init(_ groups: [PacketGroup] = []) {
        for group in groups { append(group) }
    }

    package mutating func append(_ group: PacketGroup) {
        guard group.kind == .picture, group.isKey || !groups.isEmpty else { return }
        if group.isKey { clear() }
        groups.append(group)
        bytes += group.bytes
        if groups.count > Self.maximumGroups || bytes > Self.maximumBytes { clear() }
    }

    package mutating func clear() {
        groups.removeAll(keepingCapacity: true)
        bytes = 0
    }
}
