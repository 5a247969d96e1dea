extension LicencesPage {
    /// The house's own list, with the browser files that this server has.
    init(_ assets: AssetLibrary) {
        let licence = assets.assets["vendor/LICENSES/hls.js.txt"].map { _ in "\(assets.base)/vendor/LICENSES/hls.js.txt" }
        let version = assets.playerLibrary?.split(separator: "/").last?.dropFirst("hls-".count).dropLast(".mjs".count)
        components = Self.house + (version.map { [Self.player(String($0), licence)] } ?? [])
    }

    private static func player(_ version: String, _ text: String?) -> Component {
        Component(name: "hls.js", version: version, licence: "Apache-2.0", purpose: "player", text: text)
    }

    private static let house = [
        Component(name: "Hummingbird", version: nil, licence: "Apache-2.0", purpose: "http", text: nil),
        Component(name: "swift-mustache", version: nil, licence: "Apache-2.0", purpose: "pages", text: nil),
        Component(name: "SwiftNIO", version: nil, licence: "Apache-2.0", purpose: "sockets", text: nil),
        Component(name: "swift-crypto", version: nil, licence: "Apache-2.0", purpose: "hashes", text: nil),
        Component(name: "swift-configuration", version: nil, licence: "Apache-2.0", purpose: "settings", text: nil),
        Component(name: "swift-argument-parser", version: nil, licence: "Apache-2.0", purpose: "commands", text: nil),
        Component(name: "JWTKit", version: nil, licence: "MIT", purpose: "passes", text: nil),
        Component(name: "GRDB.swift", version: nil, licence: "MIT", purpose: "database", text: nil),
        Component(name: "SQLite", version: nil, licence: "Public domain", purpose: "database", text: nil),
        Component(name: "FFmpeg", version: nil, licence: "LGPL-2.1-or-later, GPL-2.0-or-later", purpose: "media", text: nil),
        Component(name: "OpenSSL", version: nil, licence: "Apache-2.0", purpose: "certificates", text: nil),
        Component(name: "curl", version: nil, licence: "curl", purpose: "mail", text: nil),
        Component(name: "zlib", version: nil, licence: "Zlib", purpose: "compression", text: nil),
        Component(name: "Yams, LibYAML", version: nil, licence: "MIT", purpose: "settings", text: nil),
        Component(name: "SwiftCSV", version: nil, licence: "MIT", purpose: "lists", text: nil),
    ]
}
