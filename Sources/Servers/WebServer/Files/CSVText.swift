import HTTPTypes
import Hummingbird
import NIOCore

/// A table for spreadsheets (RFC 4180), in UTF-8 and marked as that.
///
/// Every cell is quoted. One that a spreadsheet would take for a formula has an apostrophe before it, so that what a participant
/// typed is text there too.
struct CSVText {
    private var buffer = ByteBuffer(string: "\u{FEFF}")

    init(_ header: [String]) {
        add(header)
    }

    mutating func add(_ row: [String]) {
        buffer.writeString(row.map(Self.cell).joined(separator: ",") + "\r\n")
    }

    func response(named name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"\(name)\"",
            ], body: ResponseBody(byteBuffer: buffer))
    }

    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { ["=", "+", "-", "@", "\t", "\r"].contains($0) } ?? false
        let scalars = text.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }
        return "\"\(isFormula ? "'" : "")\(scalars.joined())\""
    }
}
