/// Where in a row what stands, by the words that a header may use, whatever their case.
struct RosterColumns {
    enum Column: String, CaseIterable {
        case name
        case firstName = "first name"
        case lastName = "last name"
        case mail
        case organisation
        case capacity
        case audiences
        case grants

        var words: [String] {
            switch self {
            case .name: ["name", "full name", "nom", "nom complet"]
            case .firstName: ["first name", "given name", "prénom", "prenom"]
            case .lastName: ["last name", "family name", "surname", "nom de famille"]
            case .mail: ["mail", "e mail", "email", "mail address", "email address", "courriel", "adresse électronique"]
            case .organisation: ["organisation", "organization", "parliament", "affiliation", "parlement"]
            case .capacity: ["capacity", "role", "qualité", "qualite"]
            case .audiences: ["audiences", "audience", "publics"]
            case .grants: ["grants", "grant", "droits"]
            }
        }
    }

    private let places: [Column: Int]
    let unused: [String]

    init(header: [String]) throws(RegistrationError) {
        var places: [Column: Int] = [:]
        var unused: [String] = []
        for (place, title) in header.enumerated() {
            let word = title.lowercased().split { $0.isWhitespace || $0 == "_" || $0 == "-" }.joined(separator: " ")
            guard let column = Column.allCases.first(where: { $0.words.contains(word) }) else {
                if !word.isEmpty { unused.append(title) }
                continue
            }
            guard places.updateValue(place, forKey: column) == nil
            else { throw .roster("Two columns are for the \(column.rawValue): keep one of them.") }
        }
        (self.places, self.unused) = (places, unused)
        let isNamed = places[.name] != nil || places[.lastName] != nil
        let missing = [(Column.name, isNamed)] + [Column.mail, .organisation].map { ($0, places[$0] != nil) }
        if let (column, _) = missing.first(where: { !$0.1 }) {
            let known = header.map { "“\($0)”" }.joined(separator: ", ")
            throw .roster("No column is called “\(column.rawValue)”. The first row has \(known.isEmpty ? "nothing" : known).")
        }
    }

    func place(of column: Column) -> Int? { places[column] }
}
