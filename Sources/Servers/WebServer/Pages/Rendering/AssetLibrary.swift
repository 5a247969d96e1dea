import Crypto
import Foundation
import NIOCore

/// What browsers load beside the pages, held in memory under one address that changes with any byte of it:
/// `/assets/<hash>/modules/live.js`. So every answer may be kept for ever, and a module's relative imports stay in its set.
struct AssetLibrary: Sendable {
    /// The first 16 hexadecimal digits of the SHA-256 over every path and its bytes.
    let hash: String
    /// By their path below the hash.
    let assets: [String: Asset]

    /// Of every answer below `base`.
    static let cacheControl = "public, max-age=31536000, immutable"

    /// The layers of the style in their order; browsers get them as one file, `style.css`.
    static let layers = ["reset", "tokens", "layout", "components", "pages"]
    /// Folders whose files go out as they are.
    static let folders = ["modules", "pictures", "vendor"]

    /// - Parameter compress: gzip (RFC 1952); nil where it fails.
    init(_ resources: ResourceFolder, compress: (ByteBuffer) -> ByteBuffer?) throws(ResourceError) {
        let files = try Self.load(resources)
        hash = Self.hash(of: files)
        assets = files.compactMapValues { $0 }.reduce(into: [:]) { assets, file in
            guard let type = Asset.contentType(of: file.key) else { return }
            let bytes = ByteBuffer(bytes: file.value)
            let gzipped = compress(bytes).flatMap { $0.readableBytes < bytes.readableBytes ? $0 : nil }
            assets[file.key] = Asset(contentType: type, bytes: bytes, gzipped: gzipped)
        }
    }

    /// `/assets/0123456789abcdef`
    var base: String { "/assets/\(hash)" }

    /// The asset at the rest of an address; nil for an older set's.
    func asset(hash: String, path: String) -> Asset? {
        hash == self.hash ? assets[path] : nil
    }

    /// The address of the player for browsers, where its file was fetched.
    var playerLibrary: String? {
        assets.keys.filter { $0.hasPrefix("vendor/hls-") && $0.hasSuffix(".mjs") }.max().map { "\(base)/\($0)" }
    }

    private static func load(_ resources: ResourceFolder) throws(ResourceError) -> [String: Data] {
        var files = ["style.css": try style(resources)]
        for folder in folders {
            for file in resources.files(in: folder) {
                files["\(folder)/\(file)"] = try resources.bytes(of: "\(folder)/\(file)")
            }
        }
        return files
    }

    private static func style(_ resources: ResourceFolder) throws(ResourceError) -> Data {
        var style = Data("@layer \(layers.joined(separator: ", "));\n".utf8)
        for layer in layers { style += try resources.bytes(of: "styles/\(layer).css") }
        return style
    }

    private static func hash(of files: [String: Data]) -> String {
        var hash = SHA256()
        for (path, bytes) in files.sorted(by: { $0.key < $1.key }) {
            hash.update(data: Data("\(path)\n\(bytes.count)\n".utf8))
            hash.update(data: bytes)
        }
        let digits = hash.finalize().prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return digits.joined()
    }
}
