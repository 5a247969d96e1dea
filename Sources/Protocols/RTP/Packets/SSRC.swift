/// The synchronisation source (RFC 3550 §3) of one stream of packets.
package struct SSRC: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt32

    package init(_ value: UInt32) {
        self.value = value
    }

    package var description: String { String(value) }
}
