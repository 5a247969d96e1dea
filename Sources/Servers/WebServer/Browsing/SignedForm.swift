import Foundation
import HTTPTypes
import Hummingbird

extension Request {
    /// A form that a signed-in person's page sent, held against `ForgeryGuard` by its field `csrf`.
    func signedForm<Form: Decodable>(as type: Form.Type, context: WebContext) async throws -> Form {
        guard let signIn = context.identity.signIn else { throw Problem(.signInNeeded) }
        let text = try await formText(context)
        let token = try? URLEncodedFormDecoder().decode(ForgeryField.self, from: text)
        try ForgeryGuard.check(headers, arrival: context.arrival, signIn: signIn, shown: token?.csrf)
        return try Self.decode(type, from: text)
    }

    /// A form of somebody who is not signed in yet.
    func form<Form: Decodable>(as type: Form.Type, context: WebContext) async throws -> Form {
        try Self.decode(type, from: try await formText(context))
    }

    private struct ForgeryField: Decodable {
        let csrf: String
    }

    private func formText(_ context: WebContext) async throws -> String {
        let mediaType = headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces).lowercased()
        guard mediaType == "application/x-www-form-urlencoded" else {
            throw Problem(.unsupportedMediaType, next: "Send the page's own form.")
        }
        return String(buffer: try await body.collect(upTo: context.maxUploadSize))
    }

    private static func decode<Form: Decodable>(_ type: Form.Type, from text: String) throws(Problem) -> Form {
        do {
            return try URLEncodedFormDecoder().decode(type, from: text)
        } catch {
            throw Problem(.invalidRequest, "The form lacks a field.")
        }
    }
}
