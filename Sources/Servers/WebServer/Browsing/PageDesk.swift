import Foundation
import HTTPTypes
import Hummingbird
import Programme
import Registration

/// Makes the answer to a page's request from the page's values.
struct PageDesk: Sendable {
    let hub: Hub
    let renderer: PageRenderer

    func answer(
        _ page: some Page, to reader: Reader, of conference: Conference? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let html = renderer.render(page, in: try await frame(reader, conference))
        var response = Response(
            status: status, headers: PageHeaders.fields, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
        for choice in reader.choices { response.setCookie(choice) }
        return response
    }

    func words(_ reader: Reader, of conference: Conference? = nil) -> Wording {
        renderer.wording(reader.language, zone: conference?.zone ?? .gmt)
    }

    private func frame(_ reader: Reader, _ conference: Conference?) async throws -> PageFrame {
        let signIn = reader.identity.signIn
        let person = if let signIn { try await hub.registration.person(signIn.person)?.name } else { String?.none }
        return PageFrame(
            language: reader.language, theme: reader.theme, address: reader.address, person: person,
            csrf: signIn.map { CSRFToken(of: $0.secret).text }, conference: conference.map { $0.link(reader) })
    }
}

extension Conference {
    /// A zone that this system does not know is told in UTC.
    var zone: TimeZone { TimeZone(identifier: timeZone) ?? .gmt }

    var path: String { "/\(slug)" }

    fileprivate func link(_ reader: Reader) -> PageFrame.ConferenceLink {
        PageFrame.ConferenceLink(title: title.text(in: reader.languages).text, path: path, zone: zone)
    }
}
