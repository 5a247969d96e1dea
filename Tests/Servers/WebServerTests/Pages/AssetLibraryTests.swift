import Foundation
import NIOCore
import Testing

@testable import WebServer

@Suite struct AssetLibraryTests {
    private let library: AssetLibrary

    init() throws {
        library = try AssetLibrary(.bundled) { $0.getSlice(at: 0, length: 1) }
    }

    @Test func `an asset is found at its address and an older set's is not`() {
        #expect(library.asset(hash: library.hash, path: "modules/live.js")?.contentType == "text/javascript; charset=utf-8")
        #expect(library.asset(hash: library.hash, path: "pictures/mark.svg")?.contentType == "image/svg+xml")
        #expect(library.asset(hash: "0000000000000000", path: "modules/live.js") == nil)
        #expect(library.asset(hash: library.hash, path: "../templates/layout.mustache") == nil)
        #expect(library.asset(hash: library.hash, path: "catalogues/en.json") == nil)
    }

    @Test func `the layers of the style go out as one file in their order`() {
        let style = library.assets["style.css"].map { String(buffer: $0.bytes) } ?? ""
        #expect(style.hasPrefix("@layer reset, tokens, layout, components, pages;"))
        let places = AssetLibrary.layers.map { style.range(of: "@layer \($0) {")?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test func `what compression gains is kept, and what it does not is left`() throws {
        #expect(library.assets["style.css"]?.gzipped?.readableBytes == 1)
        let swollen = try AssetLibrary(.bundled) { $0 }
        #expect(swollen.assets["style.css"]?.gzipped == nil)
    }

    @Test func `one changed byte changes the address`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "assets-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.copyItem(atPath: ResourceFolder.bundled.path, toPath: folder.path)
        let copy = try AssetLibrary(ResourceFolder(path: folder.path)) { _ in nil }
        #expect(copy.hash == library.hash)
        let module = folder.appending(path: "modules/page.js")
        try (Data(contentsOf: module) + Data("\n".utf8)).write(to: module)
        #expect(try AssetLibrary(ResourceFolder(path: folder.path)) { _ in nil }.hash != library.hash)
    }

    @Test func `a folder that is not there is named to the operator`() {
        #expect {
            try PageRenderer(ResourceFolder(path: "/nowhere")) { _ in nil }
        } throws: { error in
            (error as? ResourceError)?.code == .unreadable && "\(error)".contains("/nowhere")
        }
    }

    @Test func `styles name colours in one file, no side of the page, and force nothing`() throws {
        for layer in AssetLibrary.layers {
            // The name of what the device itself covers is not ours to choose.
            let style = try ResourceFolder.bundled.text(of: "styles/\(layer).css").replacing("safe-area-inset-bottom", with: "")
            let sides = style.matches(of: /(margin|padding|border|inset)-(left|right|top|bottom)|[^-](left|right):/)
            let colours = style.matches(of: /#[0-9a-fA-F]{3,8}[;,) ]|rgba?\(|hsla?\(/)
            #expect(!style.contains("!important"), "\(layer)")
            #expect(sides.map { String($0.0) } == [], "\(layer)")
            #expect(layer == "tokens" || colours.isEmpty, "\(layer)")
        }
    }

    @Test func `no module is longer than a reader can hold`() throws {
        for file in ResourceFolder.bundled.files(in: "modules") {
            let lines = try ResourceFolder.bundled.text(of: "modules/\(file)").split(
                separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count < 400, "\(file)")
        }
    }
}
