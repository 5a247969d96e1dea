import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// How the API writes and reads JSON (RFC 8259).
enum JSON {
    /// What every reader of it holds exactly (RFC 8259 §6).
    static let largestInteger = 9_007_199_254_740_991

    /// - Throws: where a number is none that JSON has.
    static func buffer(of value: some Encodable) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return ByteBuffer(bytes: try encoder.encode(value))
    }

    /// An answer of the API; what it tells is as of now and for one reader.
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        Response(
            status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: try buffer(of: value)))
    }
}

extension Request {
    /// The body as JSON.
    ///
    /// - Throws: a `Problem` that tells the caller what is wrong with it.
    func json<Value: Decodable>(as type: Value.Type, context: some RequestContext) async throws -> Value {
        guard headers.mediaType == "application/json" else { throw Problem(.unsupportedMediaType) }
        let buffer = try await body.collect(upTo: context.maxUploadSize)
        do {
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch let error as DecodingError {
            throw Problem(.invalidRequest, error.sentence)
        }
    }
}

extension HTTPFields {
    /// Of the body, in lower case and without parameters.
    var mediaType: String? {
        self[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
    }
}

extension DecodingError {
    /// What is wrong and where, for the caller.
    fileprivate var sentence: String {
        switch self {
        case .keyNotFound(let key, let context): "The member “\(Self.path(context.codingPath + [key]))” is missing."
        case .typeMismatch(let type, let context): "The member “\(Self.path(context.codingPath))” is no \(type)."
        case .valueNotFound(_, let context): "The member “\(Self.path(context.codingPath))” is null."
        case .dataCorrupted(let context):
            context.codingPath.isEmpty
                ? "The body is no JSON text, or has a number that is too large."
                : "The member “\(Self.path(context.codingPath))” is wrong: \(context.debugDescription)."
        @unknown default: "The body is not what is wanted here."
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.map(\.stringValue).joined(separator: ".")
    }
}
