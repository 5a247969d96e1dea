import Files
import Testing

@Suite struct FilesTests {
    let temporary: TemporaryFolder
    var folder: Folder { temporary.folder }

    init() throws {
        temporary = try TemporaryFolder()
    }

    @Test func `what is appended stands behind what was there`() throws {
        let path = folder.path.appending("log")
        try AppendOnlyFile(creating: path).append([1, 2, 3])
        let file = try AppendOnlyFile(extending: path)
        #expect(file.length == 3)
        try file.append([4, 5])
        try file.synchronize()
        #expect(try ReadableFile(path).readAll(atMost: 100) == [1, 2, 3, 4, 5])
    }

    @Test func `a truncated file goes on at its new end`() throws {
        let file = try AppendOnlyFile(creating: folder.path.appending("log"))
        try file.append([1, 2, 3, 4])
        try file.truncate(to: 1)
        try file.append([9])
        #expect(try ReadableFile(file.path).readAll(atMost: 100) == [1, 9])
    }

    @Test func `files and folders belong to their user alone`() throws {
        let inner = Folder(folder.path.appending("inner"))
        try inner.create()
        try inner.replace("a", with: [1])
        #expect(try temporary.mode(of: inner.path) == 0o700)
        #expect(try temporary.mode(of: inner.path.appending("a")) == 0o600)
    }

    @Test func `a file that exists is not created again`() throws {
        let path = folder.path.appending("log")
        _ = try AppendOnlyFile(creating: path)
        let error = #expect(throws: FileError.self) { try AppendOnlyFile(creating: path) }
        #expect(error?.code == .alreadyExists)
    }

    @Test func `an error names the file and what was tried`() throws {
        let path = folder.path.appending("nothing")
        let error = #expect(throws: FileError.self) { try ReadableFile(path) }
        #expect(error?.code == .notFound)
        #expect(error?.message == "\(path): opening: No such file or directory")
    }

    @Test func `reading ends with the file and never before its start`() throws {
        try folder.replace("a", with: [1, 2, 3])
        let file = try ReadableFile(folder.path.appending("a"))
        #expect(try file.read(at: 1, count: 10) == [2, 3])
        #expect(try file.read(at: 7, count: 10).isEmpty)
        #expect(try file.read(at: -1, count: 10).isEmpty)
        #expect(try file.readAll(atMost: 2) == nil)
        #expect(try file.readAll(atMost: 3) == [1, 2, 3])
    }

    @Test func `a large file comes in pieces that make the whole`() throws {
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try folder.replace("a", with: bytes)
        var seen: [UInt8] = []
        let count = try ReadableFile(folder.path.appending("a")).forEachPiece(from: 100) { seen += $0 }
        #expect(count == 2_499_900)
        #expect(seen == Array(bytes[100...]))
    }

    @Test func `a replaced file is the new one whole, and leaves no partial file`() throws {
        try folder.replace("a", with: [1, 2, 3])
        try folder.replace("a", with: [4])
        #expect(try ReadableFile(folder.path.appending("a")).readAll(atMost: 10) == [4])
        #expect(try folder.names() == ["a"])
    }

    @Test func `what an interrupted replacement left is overwritten and can be removed`() throws {
        let partial = Folder.partialName(of: "a")
        try AppendOnlyFile(creating: folder.path.appending(partial)).append([7, 7, 7, 7])
        try folder.replace("a", with: [1])
        #expect(try ReadableFile(folder.path.appending("a")).readAll(atMost: 10) == [1])
        try AppendOnlyFile(creating: folder.path.appending(partial)).append([7])
        try folder.removePartials()
        #expect(try folder.names() == ["a"])
    }

    @Test func `a lock keeps the second out until the first lets go`() throws {
        do {
            let first = try AdvisoryLock(on: folder.path)
            let error = #expect(throws: FileError.self) { try AdvisoryLock(on: folder.path) }
            #expect(error?.code == .locked)
            withExtendedLifetime(first) {}
        }
        _ = try AdvisoryLock(on: folder.path)
    }

    @Test func `missing folders are made with those above them`() throws {
        let deep = Folder(folder.path.appending("a").appending("b").appending("c"))
        try deep.createIfMissing()
        try deep.createIfMissing()
        #expect(try deep.names().isEmpty)
    }

    @Test func `removing what is not there is no error`() throws {
        try folder.remove("nothing")
    }

    @Test func `a disk has free bytes`() throws {
        #expect(try folder.freeBytes() > 0)
    }

    @Test(arguments: [("/a/b", "b", "/a"), ("/a", "a", "/"), ("a", "a", "."), ("a/b/c", "c", "a/b")])
    func `a path knows its name and its folder`(path: String, name: String, folder: String) {
        #expect(Path(path).name == name)
        #expect(Path(path).folder == Path(folder))
    }
}
