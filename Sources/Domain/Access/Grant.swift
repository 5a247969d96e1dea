/// What a participant may do, in a conference or in one room of it.
package enum Grant: String, CaseIterable, Codable, Hashable, Sendable {
    case participant
    case moderator
    case archivist
    case producer
    case interpreter
    case captioner
    case secretariat
    case `operator`
}
