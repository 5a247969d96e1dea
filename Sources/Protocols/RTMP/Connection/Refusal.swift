/// Why a desk is sent away, as `onStatus` tells it. Those who drive OBS and ffmpeg see the description; librtmp shows it for
/// the codes below only, ffmpeg its first 255 bytes.
package struct Refusal: Equatable, Sendable {
    package enum Code: String, Sendable {
        /// The stream key, or what it names, is not free for this desk.
        case badName = "NetStream.Publish.BadName"
        /// What it sends, or the moment, is not acceptable.
        case rejected = "NetStream.Publish.Rejected"
        /// The publication is ended by the server.
        case failed = "NetStream.Failed"
        /// This server gives nothing out by RTMP.
        case playFailed = "NetStream.Play.Failed"
    }

    package let code: Code
    /// What failed and what would help, for the person at the desk.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    static let play = Refusal(
        .playFailed, "This server takes streams by RTMP and gives none out. Watch the session in its web page.")
    static let noKey = Refusal(
        .badName, "No stream key was given. Put the address of the server and the stream key in their two fields.")
    static let nameTooLong = Refusal(.badName, "The stream key is too long to be one of this server's.")
    static let stopping = Refusal(.failed, "The server is stopping. Start again when it is back.")
    static let alreadyPublishing = Refusal(.badName, "This connection publishes already.")
}
