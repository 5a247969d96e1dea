package import FoundationEssentials

/// How a call was answered.
package struct GivenAnswer: Codable, Hashable, Sendable {
    package let status: Int
    package let fields: [String: String]
    package let body: Data

    package init(status: Int, fields: [String: String], body: Data) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}
