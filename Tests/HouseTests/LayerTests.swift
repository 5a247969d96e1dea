import Testing

/// An arrow between targets only ever points down the house, and only along what `Package.swift` declares: the package manager
/// itself lets a file import whatever its target's dependencies depend on.
struct LayerTests {
    private let sources: [SwiftSource]
    private let targets: [String: Manifest.Target]

    init() throws {
        sources = try SwiftSource.all()
        targets = Dictionary(uniqueKeysWithValues: try Manifest.ofTheHouse().targets.map { ($0.name, $0) })
    }

    @Test func `an import points down the house, and never sideways between servers`() {
        for source in sources {
            for module in source.imports where module != source.target {
                guard let layer = layer(of: module) else { continue }
                #expect(source.layer.maySee(layer), "\(source) imports \(module), which is in \(layer.rawValue)")
            }
        }
    }

    @Test func `a file imports only what its target declares`() throws {
        for source in sources {
            let target = try #require(targets[source.target], "\(source) belongs to no target")
            let declared = Set(target.dependencies.map(\.name))
            for module in source.imports where !systemModules.contains(module) {
                #expect(declared.contains(module), "\(source) imports \(module), which \(source.target) does not declare")
            }
        }
    }

    @Test func `a declared dependency points down the house`() {
        for target in targets.values {
            guard let above = layer(of: target.name) else { continue }
            for dependency in target.dependencies {
                guard let below = layer(of: dependency.name) else { continue }
                #expect(above.maySee(below), "\(target.name) declares \(dependency.name), which is in \(below.rawValue)")
            }
        }
    }

    @Test(arguments: [
        (Layer.app, "Servers Storage Domain Protocols Bindings Vocabulary App"),
        (.servers, "Domain Protocols Bindings Vocabulary"),
        (.storage, "Domain Protocols Bindings Vocabulary Storage"),
        (.domain, "Domain Protocols Bindings Vocabulary"),
        (.protocols, "Protocols Vocabulary"),
        (.bindings, "Bindings Vocabulary"),
        (.vocabulary, "Vocabulary"),
    ])
    func `a layer sees what is below it, and nothing else`(layer: Layer, seen: String) {
        #expect(Set(Layer.allCases.filter(layer.maySee).map(\.rawValue)) == Set(seen.split(separator: " ").map(String.init)))
    }

    @Test func `a library from outside stays on the floors that it is for`() {
        for source in sources {
            for module in source.imports {
                guard let floors = floorsOfLibraries[module] else { continue }
                #expect(floors.contains(source.layer), "\(source) imports \(module)")
            }
        }
    }

    @Test func `a C library is seen by the bindings alone`() {
        let libraries = Set(targets.values.filter { $0.name.hasPrefix("C") && layer(of: $0.name) == .bindings }.map(\.name))
        for source in sources where source.layer != .bindings {
            #expect(libraries.isDisjoint(with: source.imports), "\(source) imports a C library")
        }
    }

    @Test func `every folder of a layer is a declared target, and every layer is known`() throws {
        for folder in try House.folders(in: "Sources") {
            let layer = try #require(Layer(rawValue: folder), "Sources/\(folder) is no layer")
            for name in try House.folders(in: "Sources/\(layer.rawValue)") {
                #expect(targets[name]?.path == "Sources/\(layer.rawValue)/\(name)", "Sources/\(folder)/\(name) is no target")
            }
        }
    }

    @Test func `a target has no module's name for a type`() throws {
        for source in sources {
            let declaration = try Regex("\\b(?:struct|class|enum|actor|protocol)\\s+\(source.target)\\b")
            #expect(source.lines(matching: declaration).isEmpty, "\(source) declares a type named \(source.target)")
        }
    }

    /// The layer of a target of this package; nil for any other module.
    private func layer(of module: String) -> Layer? {
        guard let path = targets[module]?.path else { return nil }
        let parts = path.split(separator: "/")
        return parts.count == 3 && parts[0] == "Sources" ? Layer(rawValue: String(parts[1])) : nil
    }

    /// What comes with the toolchain or the system; no target declares it.
    private let systemModules: Set = [
        "Dispatch", "Foundation", "FoundationEssentials", "FoundationInternationalization", "Glibc", "RegexBuilder", "Swift",
        "Synchronization",
    ]

    /// Sockets are opened by servers, SQL stands in the store, settings are read by the app.
    private let floorsOfLibraries: [String: Set<Layer>] = [
        "ArgumentParser": [.app],
        "Configuration": [.app],
        "GRDB": [.storage],
        "Hummingbird": [.servers],
        "HummingbirdCore": [.servers],
        "HummingbirdHTTP2": [.servers],
        "HummingbirdTLS": [.servers],
        "Mustache": [.servers],
        "NIOPosix": [.servers, .app],
        "NIOSSL": [.servers, .app],
    ]
}
