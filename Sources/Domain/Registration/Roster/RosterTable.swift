import SwiftCSV

/// The cells of a CSV file (RFC 4180) as spreadsheets write it: in UTF-8, with or without a byte order mark, separated by commas,
/// semicolons or tabs.
struct RosterTable {
    private static let mostRows = 20_000
    private static let mostColumns = 64

    let header: [String]
    /// Each as wide as the widest.
    let rows: [[String]]

    init(csv: String) throws(RegistrationError) {
        guard csv.utf8.count <= Roster.longest else { throw .roster("The file has more than \(Roster.longest >> 20) MiB.") }
        let delimiter = Self.delimiter(of: csv)
        try Self.check(csv, delimiter)
        do {
            let table = try EnumeratedCSV(string: csv, delimiter: .character(delimiter), loadColumns: false)
            (header, rows) = (table.header, table.rows)
        } catch {
            throw .roster("The file is no CSV table: \(Self.words(of: error)).")
        }
    }

    /// Whichever stands most often in the first line, outside quotes.
    private static func delimiter(of csv: String) -> Character {
        var counts: [Character: Int] = [:]
        var isQuoted = false
        for character in csv {
            if character == "\"" { isQuoted.toggle() }
            if character.isNewline, !isQuoted { break }
            if !isQuoted { counts[character, default: 0] += 1 }
        }
        let others: [Character] = [";", "\t"]
        return others.first { counts[$0, default: 0] > counts[",", default: 0] } ?? ","
    }

    /// Rows are filled up to the widest, so that one row of a hostile file could take all memory.
    private static func check(_ csv: String, _ delimiter: Character) throws(RegistrationError) {
        var (isQuoted, rows, columns) = (false, 0, 1)
        for character in csv {
            switch character {
            case "\"": isQuoted.toggle()
            case delimiter where !isQuoted:
                columns += 1
                guard columns <= mostColumns else { throw .roster("Row \(rows + 1) has more than \(mostColumns) cells.") }
            case _ where character.isNewline && !isQuoted:
                (rows, columns) = (rows + 1, 1)
                guard rows <= mostRows else { throw .roster("The file has more than \(mostRows) rows: split it.") }
            default: break
            }
        }
        if isQuoted { throw .roster("The file has a quotation mark (\") that is never closed.") }
    }

    private static func words(of error: any Error) -> String {
        if let error = error as? CSVParseError {
            switch error {
            case .generic(let message), .quotation(let message): return message
            }
        }
        return "it cannot be read"
    }
}
