import GRDB

/// The database within one transaction: all that the repositories know of it.
struct Connection {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// How many rows it changed.
    @discardableResult
    func run(_ query: Query) throws(StoreError) -> Int {
        do {
            try database.cachedStatement(sql: query.text).execute(arguments: query.arguments)
            return database.changesCount
        } catch {
            throw StoreError(error)
        }
    }

    /// - Throws: `.missing` where no row was changed.
    func change(_ query: Query, _ what: String) throws(StoreError) {
        guard try run(query) > 0 else { throw StoreError(.missing, "There is no such \(what).") }
    }

    func all<Value>(_ query: Query, _ read: (Record) throws(StoreError) -> Value) throws(StoreError) -> [Value] {
        var values: [Value] = []
        for record in try records(query) { values.append(try read(record)) }
        return values
    }

    func first<Value>(_ query: Query, _ read: (Record) throws(StoreError) -> Value) throws(StoreError) -> Value? {
        guard let record = try records(query).first else { return nil }
        return try read(record)
    }

    private func records(_ query: Query) throws(StoreError) -> [Record] {
        do {
            let statement = try database.cachedStatement(sql: query.text)
            return try Row.fetchAll(statement, arguments: query.arguments).map(Record.init)
        } catch {
            throw StoreError(error)
        }
    }
}

extension Query {
    fileprivate var arguments: StatementArguments {
        StatementArguments(values.map(\.databaseValue))
    }
}

extension StoredValue {
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        }
    }
}
