import Glibc

/// Replacing a file as a whole: after a crash at any moment the old one or the new one stands there, never a mixture.
extension Folder {
    /// What a file is called until it is whole. Such files mean nothing and may be removed at any time but while they are made.
    package static let partialSuffix = ".partial"

    package static func partialName(of name: String) -> String { name + partialSuffix }

    /// Writes the bytes as `name`, with mode 0600, in place of what has that name. On the disk when it returns.
    package func replace(_ name: String, with bytes: [UInt8]) throws(FileError) {
        let partial = Self.partialName(of: name)
        try remove(partial)
        try AppendOnlyFile(creating: path.appending(partial)).append(bytes)
        try keepPartial(of: name)
    }

    /// Gives the partial file of `name`, which is whole now, its name and mode 0600. On the disk when it returns.
    package func keepPartial(of name: String) throws(FileError) {
        let partial = path.appending(Self.partialName(of: name))
        let descriptor = try Descriptor(opening: partial, O_RDWR, operation: "opening")
        try check("setting the mode of", partial) { fchmod(descriptor.number, Descriptor.fileMode) }
        try descriptor.synchronize()
        try rename(partial.name, to: name)
        try synchronize()
    }

    /// Removes what an interrupted replacement left.
    package func removePartials() throws(FileError) {
        for name in try names() where name.hasSuffix(Self.partialSuffix) {
            try remove(name)
        }
    }
}
