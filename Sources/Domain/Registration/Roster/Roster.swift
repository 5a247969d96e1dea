package import Access

/// The people of a delegation or a whole conference, as a CSV file lists them for registration.
///
/// Rows that are sound are `entries`, the others have `faults`; both tell the row as a spreadsheet numbers it, the header being row 1.
package struct Roster: Hashable, Sendable {
    /// Bytes of UTF-8 in a file.
    package static let longest = 2 << 20

    package struct Entry: Hashable, Sendable {
        package let row: Int
        package let name: String
        package let mail: MailAddress
        package let organisation: String
        package let capacity: Capacity
        package let audiences: Set<Audience>
        package let grants: Set<Grant>
    }

    package struct Fault: Error, Hashable, Codable, CustomStringConvertible {
        package let row: Int
        /// The column's name; empty where the fault is of the whole row.
        package let column: String
        package let message: String

        package var description: String { "Row \(row)\(column.isEmpty ? "" : ", \(column)"): \(message)" }
    }

    package private(set) var entries: [Entry] = []
    package private(set) var faults: [Fault] = []
    /// What the header names and nothing is read from.
    package let unusedColumns: [String]

    /// - Throws: `RegistrationError` where the file is no table, or has no column for the name, the mail address or the organisation.
    package init(csv: String) throws(RegistrationError) {
        let table = try RosterTable(csv: csv)
        let columns = try RosterColumns(header: table.header)
        unusedColumns = columns.unused
        for (index, cells) in table.rows.enumerated() where cells.contains(where: { !$0.allSatisfy(\.isWhitespace) }) {
            read(RosterRow(number: index + 2, cells: cells, columns: columns))
        }
        refuse("stands in the file more than once", unlessFirst: true) { _ in true }
    }

    /// Refuses those whom a conference has already.
    package mutating func refuse(registered: Set<MailAddress>) {
        refuse("is registered in this conference already", unlessFirst: false) { registered.contains($0.mail) }
    }

    private mutating func read(_ row: RosterRow) {
        do {
            entries.append(try row.entry())
        } catch {
            faults.append(error)
        }
    }

    private mutating func refuse(_ message: String, unlessFirst: Bool, where isRefused: (Entry) -> Bool) {
        var seen: Set<MailAddress> = []
        var kept: [Entry] = []
        for entry in entries {
            let isFirst = seen.insert(entry.mail).inserted
            if isRefused(entry), !(unlessFirst && isFirst) {
                faults.append(Fault(row: entry.row, column: "mail", message: "“\(entry.mail.text)” \(message)."))
            } else {
                kept.append(entry)
            }
        }
        entries = kept
        faults.sort { $0.row < $1.row }
    }
}
