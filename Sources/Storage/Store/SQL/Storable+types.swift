import Access
import Archive
import Discussion
import Events
import Identifiers
import Letters
import Programme
import Recording
import Registration
import Time

extension String: Storable {
    var stored: StoredValue { .text(self) }

    init?(stored: StoredValue) {
        guard case .text(let text) = stored else { return nil }
        self = text
    }
}

extension Int64: Storable {
    var stored: StoredValue { .integer(self) }

    init?(stored: StoredValue) {
        guard case .integer(let integer) = stored else { return nil }
        self = integer
    }
}

extension Int: Storable {
    var stored: StoredValue { .integer(Int64(self)) }

    init?(stored: StoredValue) {
        guard let integer = Int64(stored: stored) else { return nil }
        self.init(exactly: integer)
    }
}

/// 0 or 1: SQLite has no boolean of its own.
extension Bool: Storable {
    var stored: StoredValue { .integer(self ? 1 : 0) }

    init?(stored: StoredValue) {
        switch stored {
        case .integer(0): self = false
        case .integer(1): self = true
        default: return nil
        }
    }
}

/// UTC microseconds.
extension UTCInstant: Storable {
    var stored: StoredValue { .integer(microseconds) }

    init?(stored: StoredValue) {
        guard let microseconds = Int64(stored: stored) else { return nil }
        self.init(microseconds: microseconds)
    }
}

/// Whole microseconds.
extension Duration: Storable {
    var stored: StoredValue { .integer(microseconds) }

    init?(stored: StoredValue) {
        guard let microseconds = Int64(stored: stored) else { return nil }
        self = .microseconds(microseconds)
    }
}

extension Identifier: Storable {
    var stored: StoredValue { .text(description) }

    init?(stored: StoredValue) {
        guard let text = String(stored: stored) else { return nil }
        self.init(text)
    }
}

extension MailAddress: Storable {
    var stored: StoredValue { .text(text) }

    init?(stored: StoredValue) {
        guard let text = String(stored: stored) else { return nil }
        self.init(text)
    }
}

/// As its id.
extension AuditActor: Storable {
    var stored: StoredValue { .text(id) }

    init?(stored: StoredValue) {
        guard let text = String(stored: stored) else { return nil }
        self.init(id: text)
    }
}

// MARK: - Words

/// One word of a fixed list, as itself.
protocol StorableWord: Storable, RawRepresentable where RawValue == String {}

extension StorableWord {
    var stored: StoredValue { .text(rawValue) }

    init?(stored: StoredValue) {
        guard let word = String(stored: stored) else { return nil }
        self.init(rawValue: word)
    }
}

extension ArchivedRecording.State: StorableWord {}
extension AuditKind: StorableWord {}
extension Capacity: StorableWord {}
extension Clip.State: StorableWord {}
extension ClipExactness: StorableWord {}
extension EventKind: StorableWord {}
extension Forum: StorableWord {}
extension Grant: StorableWord {}
extension Letter.Kind: StorableWord {}
extension Letter.State: StorableWord {}
extension Poll.State: StorableWord {}
extension ProgrammeVersion.State: StorableWord {}
extension Question.Standing: StorableWord {}
extension RemovalExtent: StorableWord {}
extension SessionFormat: StorableWord {}
extension SessionOverride: StorableWord {}
