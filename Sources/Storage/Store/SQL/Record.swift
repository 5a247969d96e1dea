import GRDB

/// One row of an answer.
struct Record {
    private let row: Row

    init(_ row: Row) {
        self.row = row
    }

    /// - Throws: `.damaged` where the column holds no such value.
    func value<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws(StoreError) -> Value {
        guard let value = Value(stored: try stored(column)) else {
            throw StoreError(.damaged, "The column “\(column)” holds something that this program does not write.")
        }
        return value
    }

    /// Nil where the column is empty.
    func optional<Value: Storable>(_ column: String, as type: Value.Type = Value.self) throws(StoreError) -> Value? {
        guard try stored(column) != .null else { return nil }
        return try value(column)
    }

    private func stored(_ column: String) throws(StoreError) -> StoredValue {
        guard let value = row[column] as DatabaseValue? else {
            throw StoreError(.damaged, "The answer has no column “\(column)”.")
        }
        switch value.storage {
        case .null: return .null
        case .int64(let integer): return .integer(integer)
        case .string(let text): return .text(text)
        default: throw StoreError(.damaged, "The column “\(column)” is neither a number nor a text.")
        }
    }
}
