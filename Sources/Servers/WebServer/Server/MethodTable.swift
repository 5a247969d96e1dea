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
        let matching = routes.filter { Self.matches($0.components, elements) }
        // The router goes by the address that says most.
        let nearest = matching.map { Self.openness($0.components) }.min { $0.lexicographicallyPrecedes($1) }
        let methods = matching.filter { Self.openness($0.components) == nearest }.map(\.method)
        let withHead = methods.contains(.get) ? methods + [.head] : methods
        return Set(withHead.map(\.rawValue)).sorted()
    }

    /// For each component 0 where only one word fits, and more the more it takes.
    private static func openness(_ components: [RouterPath.Element]) -> [Int] {
        components.map { component in
            switch component.description.first {
            case "{": 1
            case "*": 2
            default: 0
            }
        }
    }

    private static func matches(_ components: [RouterPath.Element], _ elements: [Substring]) -> Bool {
        for (place, component) in components.enumerated() {
            if component == .recursiveWildcard { return elements.count > place }
            guard place < elements.count, component ~= elements[place] else { return false }
        }
        return components.count == elements.count
    }
}
