import Access
import Programme
import Registration

/// What the demonstration says, in English and French.
enum DemonstrationTexts {
    struct Person {
        /// The word under which the card lists the sign-in link.
        let role: String
        let name: String
        let mail: MailAddress
        let organisation: String
        let capacity: Capacity
        let grants: [Grant]
    }

    struct SessionText {
        let title: LocalisedText
        let abstract: LocalisedText
        let speakers: [Speaker]
        let format: SessionFormat
        let audiences: Set<Audience>
    }

    static let conference = both("Demonstration conference", "Conférence de démonstration")

    static let rooms = [both("Plenary hall", "Hémicycle"), both("Committee room", "Salle de commission")]

    static let people = [
        person("participant", "Amina Okafor", "amina.okafor", "Parliament of Arendal", .member, [.participant]),
        person(
            "moderator", "Tomás Herrera", "tomas.herrera", "Conference secretariat", .secretariat, [.participant, .moderator]),
        person("archivist", "Ingrid Solheim", "ingrid.solheim", "Parliamentary library", .staff, [.participant, .archivist]),
    ].compactMap(\.self)

    private static func person(
        _ role: String, _ name: String, _ local: String, _ organisation: String, _ capacity: Capacity, _ grants: [Grant]
    ) -> Person? {
        MailAddress(local + "@example.org").map {
            Person(role: role, name: name, mail: $0, organisation: organisation, capacity: capacity, grants: grants)
        }
    }

    fileprivate static func both(_ english: String, _ french: String) -> LocalisedText {
        var text = ["en": english]
        text["fr"] = french
        return LocalisedText(text) ?? LocalisedText(english)
    }
}

extension DemonstrationTexts.SessionText {
    static let opening = Self(
        title: DemonstrationTexts.both("Leading the digital parliament", "Conduire le parlement numérique"),
        abstract: DemonstrationTexts.both(
            "Speakers and secretaries general debate who leads when a parliament goes digital, and what it takes to keep the public's trust.",
            "Présidents et secrétaires généraux débattent de la conduite de la transition numérique d’un parlement et de ce qu’exige la confiance du public."
        ),
        speakers: [
            Speaker("Adaeze Nwosu", of: "Parliament of Arendal"), Speaker("Henrik Løvland", of: "Storting of Vestmark"),
        ], format: .debate, audiences: [.members, .informationTechnology])

    static let practice = Self(
        title: DemonstrationTexts.both(
            "Good practice: parliamentary websites", "Bonnes pratiques\u{A0}: les sites web des parlements"),
        abstract: DemonstrationTexts.both(
            "Three parliaments show how visitors of their websites find a bill, a vote and their own member.",
            "Trois parlements montrent comment les visiteurs de leur site trouvent un projet de loi, un vote et leur élu."),
        speakers: [Speaker("Lucía Benavides", of: "Congreso de Altamira"), Speaker("Tariq Mansour", of: "مجلس النواب")],
        format: .goodPractice, audiences: [.websites, .communications, .publicEngagement])

    static let drafting = Self(
        title: DemonstrationTexts.both("Drafting a guide: open data", "Rédiger un guide\u{A0}: les données ouvertes"),
        abstract: DemonstrationTexts.both(
            "Library and research services draft a practical guide to publishing parliamentary data.",
            "Les services de bibliothèque et de recherche rédigent un guide pratique de la publication des données parlementaires."
        ),
        speakers: [Speaker("Ingrid Solheim", of: "Parliamentary library")], format: .drafting,
        audiences: [.libraryAndResearch, .informationTechnology])
}
