import Foundation

/// `Package.swift` as the package manager understands it.
struct Manifest: Decodable {
    let targets: [Target]

    struct Target: Decodable {
        let name: String
        let type: String
        /// From the root of the repository.
        let path: String?
        let dependencies: [Dependency]
    }

    /// A dependency; both kinds are lists whose first member is the name.
    struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Kind.self)
            for kind in Kind.allCases where container.contains(kind) {
                var members = try container.nestedUnkeyedContainer(forKey: kind)
                name = try members.decode(String.self)
                return
            }
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "an unknown kind of dependency"))
        }

        enum Kind: String, CodingKey, CaseIterable {
            case byName, product, target
        }
    }

    /// Read once; every test waits for it.
    private static let manifest = Result { try read() }

    static func ofTheHouse() throws -> Manifest {
        try manifest.get()
    }

    private static func read() throws -> Manifest {
        defer { try? FileManager.default.removeItem(at: scratch) }
        let swift = Process()
        let output = Pipe()
        swift.executableURL = URL(filePath: "/usr/bin/env")
        // A scratch path of its own: the package manager that runs this test holds the lock of the usual one.
        swift.arguments = ["swift", "package", "--scratch-path", scratch.path, "dump-package"]
        swift.currentDirectoryURL = House.root
        swift.standardOutput = output
        try swift.run()
        let json = try output.fileHandleForReading.readToEnd() ?? Data()
        swift.waitUntilExit()
        return try JSONDecoder().decode(Manifest.self, from: json)
    }

    private static var scratch: URL {
        FileManager.default.temporaryDirectory.appending(path: "hemicycle-manifest-\(ProcessInfo.processInfo.processIdentifier)")
    }
}
