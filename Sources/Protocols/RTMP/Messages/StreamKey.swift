/// The name under which a desk publishes: to us a secret. It prints as redacted.
package struct StreamKey: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package let value: String

    /// Takes the name as the desk wrote it; a query behind it (`key?token=…`) is dropped.
    package init(_ written: String) {
        value = String(written.prefix { $0 != "?" })
    }

    package var description: String { "‹redacted›" }
    package var debugDescription: String { "‹redacted›" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
