import HTTPTypes
import Hummingbird

/// Which methods every address takes: for `405` and its `Allow` (RFC 9110 §15.5.6), which the router does not tell apart from
/// an unknown address.
struct MethodTable: Sendable {
    private let routes: [(components: [RouterPath.Element], method: HTTPRequest.Method)]

    init(_ router: Router<WebContext>) {
        routes = router.routes.map { ($0.path.components, $0.method) }
    }

    /// In alphabetical order; empty where nothing is at that path.
    func methods(at path: String) -> [String] {
        let elements = path.split(separator: "/")
        let methods = routes.filter { Self.matches($0.components, elements) }.map(\.method)
        let withHead = methods.contains(.get) ? methods + [.head] : methods
        return Set(withHead.map(\.rawValue)).sorted()
    }

    private static func matches(_ components: [RouterPath.Element], _ elements: [Substring]) -> Bool {
        for (place, component) in components.enumerated() {
            if component == .recursiveWildcard { return elements.count > place }
            guard place < elements.count, component ~= elements[place] else { return false }
        }
        return components.count == elements.count
    }
}
