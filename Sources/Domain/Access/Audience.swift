/// For whom a session is, and to which of them a participant belongs.
package enum Audience: String, CaseIterable, Codable, Hashable, Sendable {
    case members
    case informationTechnology = "information-technology"
    case socialMedia = "social-media"
    case websites
    case communications
    case libraryAndResearch = "library-and-research"
    case publicEngagement = "public-engagement"
}
