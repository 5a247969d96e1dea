import FoundationEssentials
import Identifiers

/// Where to look and with what, written into the data folder at each start for whoever shows the demonstration. Its keys are
/// secrets; the folder is the server's own.
struct DemonstrationCard: Encodable {
    struct RTMP: Encodable {
        let url: String
        let key: String
    }

    struct Sessions: Encodable {
        let live: SessionID
        let near: SessionID
        let ended: SessionID
    }

    let address: String
    let conference: String
    let rtmp: RTMP
    /// By role: participant, moderator, archivist.
    let signIn: [String: String]
    let token: String
    let sessions: Sessions

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
