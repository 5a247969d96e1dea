import FFmpeg
import Testing

@Suite struct `an error of FFmpeg` {
    @Test func `says in words what failed`() {
        let error = FFmpegError(.invalidData, while: "reading a recording")
        #expect(error.description.hasPrefix("FFmpeg failed at reading a recording: Invalid data found"))
    }

    @Test func `keeps a code that has no name`() {
        let error = FFmpegError(FFmpegError.Code(rawValue: -123_456), while: "guessing")
        #expect(error.code.rawValue == -123_456)
        #expect(error.message.contains("-123456"))
    }

    @Test func `is found on this machine before it is needed`() throws {
        try FFmpegLibrary.find()
    }

    @Test func `names the libraries that the program runs with`() {
        #expect(FFmpegLibrary.libraries.contains { $0.hasPrefix("libavformat 59.") })
        #expect(!FFmpegLibrary.release.isEmpty)
    }
}
