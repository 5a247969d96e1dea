import Access

/// One row of a roster, still text.
struct RosterRow {
    /// As a spreadsheet numbers it.
    let number: Int
    let cells: [String]
    let columns: RosterColumns

    func entry() throws(Roster.Fault) -> Roster.Entry {
        guard let mail = MailAddress(cell(.mail)) else {
            throw fault("“\(cell(.mail))” is no mail address of the form name@example.org.", .mail)
        }
        return Roster.Entry(
            row: number, name: try name(), mail: mail, organisation: try line(cell(.organisation), .organisation),
            capacity: try capacity(),
            audiences: Set(try words(.audiences, as: Audience.self)), grants: try grants())
    }

    private func name() throws(Roster.Fault) -> String {
        let parts = [cell(.firstName), cell(.name), cell(.lastName)].filter { !$0.isEmpty }
        return try line(parts.joined(separator: " "), .name)
    }

    private func capacity() throws(Roster.Fault) -> Capacity {
        let capacities = try words(.capacity, as: Capacity.self)
        guard capacities.count <= 1 else { throw fault("somebody has one capacity.", .capacity) }
        return capacities.first ?? .member
    }

    private func grants() throws(Roster.Fault) -> Set<Grant> {
        let grants = Set(try words(.grants, as: Grant.self))
        return grants.isEmpty ? [.participant] : grants
    }

    private func line(_ text: String, _ column: RosterColumns.Column) throws(Roster.Fault) -> String {
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { throw fault("it has a line break or a control character in it.", column) }
        guard 1...RegistrationError.maximumName ~= text.utf8.count
        else { throw fault("it must have between 1 and \(RegistrationError.maximumName) bytes.", column) }
        return text
    }

    /// The words of a closed list that a cell has, parted by spaces, commas, semicolons or bars.
    private func words<Word: RawRepresentable<String> & CaseIterable>(
        _ column: RosterColumns.Column, as type: Word.Type
    ) throws(Roster.Fault) -> [Word] {
        var words: [Word] = []
        for part in cell(column).lowercased().split(whereSeparator: { $0.isWhitespace || ",;|".contains($0) }) {
            guard let word = Word(rawValue: String(part)) else {
                let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw fault("“\(part)” is none of these: \(known).", column)
            }
            words.append(word)
        }
        return words
    }

    private func cell(_ column: RosterColumns.Column) -> String {
        guard let place = columns.place(of: column), cells.indices.contains(place) else { return "" }
        return String(cells[place].drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }

    private func fault(_ message: String, _ column: RosterColumns.Column) -> Roster.Fault {
        Roster.Fault(row: number, column: column.rawValue, message: message)
    }
}
