import Files
package import Media
package import NIOCore

extension RecordingFolder {
    /// What lies at `place`, read on a thread of its own; nil where it is not there, or no longer.
    package func bytes(at place: ChunkPlace) async -> ByteBuffer? {
        let path = path.appending(StretchName(track: place.kind, number: place.stretch).media)
        let read = try? await offPool { () throws(RecordingError) in
            try filing { () throws(FileError) in try ReadableFile(path).read(at: place.offset, count: place.length) }
        }
        return read.flatMap { $0.count == place.length ? ByteBuffer(bytes: $0) : nil }
    }
}
