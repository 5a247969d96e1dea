import Hummingbird
import Synchronization

/// `/api`.
struct ReferencePages {
    let desk: PageDesk
    let document: OpenAPIDocument
    private let read = ReadOnce()

    init(desk: PageDesk, document: OpenAPIDocument) {
        (self.desk, self.document) = (desk, document)
    }

    func addRoutes(to pages: RouterGroup<WebContext>) {
        pages.get("api", use: reference)
    }

    @Sendable private func reference(_ request: Request, _ context: WebContext) async throws -> Response {
        try await desk.answer(ReferencePage(reference: read.reference(document)), to: Reader(request, context))
    }

    /// The document is read when somebody first asks for it.
    private final class ReadOnce: Sendable {
        private let reference = Mutex<APIReference?>(nil)

        func reference(_ document: OpenAPIDocument) throws -> APIReference {
            try reference.withLock { reference in
                let read = try reference ?? APIReference(reading: document.text)
                reference = read
                return read
            }
        }
    }
}
