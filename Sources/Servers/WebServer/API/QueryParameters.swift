import Hummingbird

extension Parameters {
    /// Nil where the query has nothing of that name.
    ///
    /// - Throws: `invalid-request` where what it has cannot be read.
    func value<Wanted: LosslessStringConvertible>(_ name: String) throws(Problem) -> Wanted? {
        guard let text = self[Substring(name)] else { return nil }
        guard let value = Wanted(String(text)) else { throw Problem(.invalidRequest, "“\(name)” cannot be read.") }
        return value
    }

    /// How many things the caller wants in one answer: `limit`, or what is usual.
    ///
    /// - Throws: `invalid-request` where it is no number from 1 to `most`.
    func pageLength(_ usual: Int, most: Int) throws(Problem) -> Int {
        guard let asked: Int = try value("limit") else { return usual }
        guard 1...most ~= asked else { throw Problem(.invalidRequest, "“limit” is a number from 1 to \(most).") }
        return asked
    }
}
