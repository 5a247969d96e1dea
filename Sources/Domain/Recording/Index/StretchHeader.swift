import FoundationEssentials
package import Identifiers
import Media

/// The first line of an index: whose file it is, how the stretch is coded, and its initialisation section.
package struct StretchHeader: Hashable, Sendable {
    package let recording: RecordingID
    package let name: StretchName
    package let coding: CodingParameters
    /// Bytes of the initialisation section, at the start of the media file.
    package let length: Int
    package let sha256: Fingerprint

    var body: String {
        #"{"format":\#(RecordingManifest.currentFormat),"recording":"\#(recording)","file":"\#(name.media)","#
            + #""track":"\#(name.track.rawValue)","stretch":\#(name.number),\#(coding.members),"#
            + #""length":\#(length),"sha256":"\#(sha256)""#
    }

    init(recording: RecordingID, name: StretchName, coding: CodingParameters, length: Int, sha256: Fingerprint) {
        self.recording = recording
        self.name = name
        self.coding = coding
        self.length = length
        self.sha256 = sha256
    }

    /// Reads the body of a first line; nil where it is none of this format or its numbers are out of bounds.
    init?(_ line: IndexLine, name: StretchName) {
        guard let read = try? JSONDecoder().decode(Members.self, from: Data(line.json)),
            let coding = try? JSONDecoder().decode(CodingParameters.self, from: Data(line.json)),
            read.format == RecordingManifest.currentFormat, read.file == name.media, coding.timescale > 0,
            1...RecordingLimits.initialisation ~= read.length
        else { return nil }
        self.init(recording: read.recording, name: name, coding: coding, length: read.length, sha256: read.sha256)
    }

    private struct Members: Decodable {
        let format: Int
        let recording: RecordingID
        let file: String
        let length: Int
        let sha256: Fingerprint
    }
}
