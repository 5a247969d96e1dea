package import HTTPTypes

/// The kinds of problem that the API tells (RFC 9457). Code, status and title are stable; what happened stands in the detail.
package enum ProblemKind: String, CaseIterable, Sendable {
    // Refusals of the access function.
    case signInNeeded = "sign-in-needed"
    case notRegistered = "not-registered"
    case notGranted = "not-granted"
    case scopeNeeded = "scope-needed"
    case personNeeded = "person-needed"
    case otherAudience = "other-audience"
    case doorsClosed = "doors-closed"
    case sessionEnded = "session-ended"
    case removed
    case banned
    case waitingLobby = "waiting-lobby"
    case waitingLocked = "waiting-locked"
    case waitingFull = "waiting-full"
    case recordingNotReady = "recording-not-ready"
    // Credentials.
    case malformedCredentials = "malformed-credentials"
    case invalidToken = "invalid-token"
    case passNeeded = "pass-needed"
    case crossSiteRequest = "cross-site-request"
    case linkUnknown = "link-unknown"
    case linkUsed = "link-used"
    case linkExpired = "link-expired"
    // Watching by WebRTC.
    case notLive = "not-live"
    case pictureReorders = "picture-reorders"
    case offerUnacceptable = "offer-unacceptable"
    case noCommonCodec = "no-common-codec"
    // Requests.
    case invalidRequest = "invalid-request"
    case impossible
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case recordingDeleted = "recording-deleted"
    case roomInUse = "room-in-use"
    case conflict
    case callUnderWay = "call-under-way"
    case keyReused = "key-reused"
    case preconditionFailed = "precondition-failed"
    case preconditionRequired = "precondition-required"
    case invalidProgramme = "invalid-programme"
    case contentTooLarge = "content-too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case rangeNotSatisfiable = "range-not-satisfiable"
    case tooManyRequests = "too-many-requests"
    // The server's own.
    case internalError = "internal-error"
    case unavailable
}

extension ProblemKind {
    /// The URI reference that names the kind; the server answers it with an explanation.
    package var type: String { "/problems/\(rawValue)" }

    package var status: HTTPResponse.Status {
        switch self {
        case .signInNeeded, .invalidToken: .unauthorized
        case .notRegistered, .notGranted, .scopeNeeded, .personNeeded, .otherAudience, .doorsClosed, .sessionEnded, .removed,
            .banned, .passNeeded:
            .forbidden
        case .waitingLobby, .waitingLocked, .waitingFull, .crossSiteRequest: .forbidden
        case .recordingNotReady, .roomInUse, .conflict, .callUnderWay, .notLive, .pictureReorders: .conflict
        case .impossible, .offerUnacceptable, .keyReused: .unprocessableContent
        case .noCommonCodec: .notAcceptable
        case .malformedCredentials, .invalidRequest: .badRequest
        case .linkUnknown, .notFound: .notFound
        case .linkUsed, .linkExpired, .recordingDeleted: .gone
        case .methodNotAllowed: .methodNotAllowed
        case .preconditionFailed: .preconditionFailed
        case .preconditionRequired: .preconditionRequired
        case .invalidProgramme: .unprocessableContent
        case .contentTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .rangeNotSatisfiable: .rangeNotSatisfiable
        case .tooManyRequests: .tooManyRequests
        case .internalError: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    package var title: String {
        switch self {
        case .signInNeeded: "Sign in first"
        case .notRegistered: "Not registered for this conference"
        case .notGranted: "Your grants do not include this"
        case .scopeNeeded: "The token lacks a scope"
        case .personNeeded: "Only a person can do this"
        case .otherAudience: "The session is for other audiences"
        case .doorsClosed: "The doors are not open yet"
        case .sessionEnded: "The session has ended"
        case .removed: "Removed by a moderator"
        case .banned: "Removed from the conference by a moderator"
        case .waitingLobby: "In the lobby"
        case .waitingLocked: "The session is locked"
        case .waitingFull: "Every seat is taken"
        case .recordingNotReady: "The recording is still being made"
        case .malformedCredentials: "The credentials cannot be read"
        case .invalidToken: "The token is not valid"
        case .passNeeded: "A pass to this session is needed"
        case .crossSiteRequest: "The request did not come from our own pages"
        case .linkUnknown: "No such sign-in link"
        case .linkUsed: "The sign-in link was used already"
        case .linkExpired: "The sign-in link has expired"
        case .notLive: "Nothing is live here"
        case .pictureReorders: "This picture does not go by WebRTC"
        case .offerUnacceptable: "The offer cannot be answered as a whole"
        case .noCommonCodec: "The offer has no codec of what is to be watched"
        case .invalidRequest: "The request cannot be understood"
        case .impossible: "What is asked for cannot be"
        case .notFound: "Nothing is here"
        case .methodNotAllowed: "The method is not allowed here"
        case .recordingDeleted: "The recording was deleted"
        case .roomInUse: "Another session runs in this room"
        case .conflict: "The state does not allow this now"
        case .callUnderWay: "The first call with this key has not ended"
        case .keyReused: "The idempotency key was used for another call"
        case .preconditionFailed: "A condition of the request does not hold"
        case .preconditionRequired: "The request names no state that it changes"
        case .invalidProgramme: "The programme has faults"
        case .contentTooLarge: "The request is too large"
        case .unsupportedMediaType: "The content type is not supported"
        case .rangeNotSatisfiable: "The range lies outside the file"
        case .tooManyRequests: "Too many requests"
        case .internalError: "Something failed on our side"
        case .unavailable: "The server cannot do this now"
        }
    }

    /// What would help.
    package var next: String {
        switch self {
        case .signInNeeded: "Open the sign-in link that you were sent, or send a token as `Authorization: Bearer`."
        case .notRegistered: "Write to the conference's registration desk."
        case .notGranted: "Ask the conference's secretariat for the grant."
        case .scopeNeeded: "Use a token that has the scope."
        case .personNeeded: "Sign in as a participant: a token acts for nobody, enters no session and makes no tokens."
        case .otherAudience: "If you belong to one of them, ask the secretariat of the conference to mark you for it."
        case .doorsClosed: "Come back when the doors open."
        case .sessionEnded: "Look for its recording in the conference's archive."
        case .removed, .banned: "Write to the secretariat of the conference."
        case .waitingLobby, .waitingLocked: "Ask again every ten seconds: a moderator sees you wait, and may admit you."
        case .waitingFull: "Ask again every ten seconds: seats are given in the order in which people came."
        case .recordingNotReady: "Come back later."
        case .malformedCredentials: "Send `Authorization: Bearer` with one token and nothing else."
        case .invalidToken: "Use a token that is neither revoked nor expired."
        case .passNeeded: "Ask for admission to the session and send the pass that it gives."
        case .crossSiteRequest: "Reload the page and try again."
        case .linkUnknown, .linkUsed, .linkExpired: "Ask for a new link."
        case .notLive: "Wait for as long as `Retry-After` says."
        case .pictureReorders: "Watch by HLS, or have the encoder send no B-frames."
        case .offerUnacceptable: "Offer to receive one picture and one sound, bundled on one transport."
        case .noCommonCodec: "Watch by HLS, or use a client that decodes H.264."
        case .impossible: "Ask for what the detail says is possible; nothing was changed."
        case .invalidRequest: "Compare the request with /api/v1/openapi.yaml."
        case .notFound: "Check the address."
        case .methodNotAllowed: "Use one of the methods that the `Allow` header names."
        case .recordingDeleted: "Ask the conference's archivists."
        case .roomInUse: "Close that session first."
        case .conflict: "Look at the present state and decide again."
        case .callUnderWay: "Try again in a second; if the server stopped meanwhile, look whether the call was carried out."
        case .keyReused: "Make a new key for each new call."
        case .preconditionFailed: "Fetch the present state and decide again."
        case .preconditionRequired: "Fetch the present state and send its `ETag` as `If-Match`."
        case .invalidProgramme: "Mend the faults and send it again; nothing was changed."
        case .contentTooLarge: "Send less."
        case .unsupportedMediaType: "Send `Content-Type: application/json`."
        case .rangeNotSatisfiable: "Ask for a range within the length that `Content-Range` tells."
        case .tooManyRequests: "Wait for as long as `Retry-After` says, and ask less often."
        case .internalError: "Try again; if it stays, tell the operator the request id."
        case .unavailable: "Try again in a few seconds."
        }
    }
}
