/// A value in the three forms that the schema uses in SQLite and in PostgreSQL alike.
enum StoredValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// What stands in one column.
protocol Storable: Sendable {
    var stored: StoredValue { get }
    /// Nil where the column holds something else.
    init?(stored: StoredValue)
}
