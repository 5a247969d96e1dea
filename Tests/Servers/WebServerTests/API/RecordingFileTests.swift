import Archive
import HTTPTypes
import Identifiers
import NIOCore
import Registration
import Store
import Testing

@testable import WebServer

/// RFC 9110 §14 over the router, with a file of 1,000 bytes.
@Suite struct RecordingFileTests {
    private let bytes = (0..<1000).map { UInt8($0 % 251) }
    private let tag = "\"" + String(repeating: "ab", count: 32) + "\""

    private func download(
        _ method: HTTPRequest.Method = .get, _ more: HTTPFields = [:], query: String = ""
    ) async throws -> Answer {
        let conference = try await TestConference()
        let recording = try await conference.archive(bytes)
        let cookie = try await conference.signIn(conference.archivist)
        return try await conference.ask(
            method, "/api/v1/recordings/\(recording.id)/files/recording.mp4\(query)", TestConference.reading(as: cookie, more))
    }

    @Test func `the whole file comes with its validators`() async throws {
        let answer = try await download()
        #expect(answer.status == .ok)
        #expect(Array(answer.body.readableBytesView) == bytes)
        #expect(answer.headers[.eTag] == tag)
        #expect(answer.headers[.acceptRanges] == "bytes")
        #expect(answer.headers[.contentType] == "video/mp4")
        #expect(answer.headers[.contentDisposition] == nil)
    }

    @Test func `a download is named for saving`() async throws {
        let answer = try await download(query: "?download=1")
        #expect(answer.headers[.contentDisposition]?.hasPrefix("attachment; filename=\"recording_") == true)
    }

    @Test(arguments: [("bytes=0-99", 0...99), ("bytes=-100", 900...999), ("bytes=990-", 990...999), ("bytes=0-5000", 0...999)])
    func `a range comes alone`(range: String, expected: ClosedRange<Int>) async throws {
        let answer = try await download(.get, [.range: range])
        #expect(answer.status == .partialContent)
        #expect(answer.headers[.contentRange] == "bytes \(expected.lowerBound)-\(expected.upperBound)/1000")
        #expect(answer.headers[.contentLength] == "\(expected.count)")
        #expect(Array(answer.body.readableBytesView) == Array(bytes[expected]))
    }

    @Test func `a range outside the file is told its length`() async throws {
        let answer = try await download(.get, [.range: "bytes=1000-"])
        #expect(answer.status == .rangeNotSatisfiable)
        #expect(answer.headers[.contentRange] == "bytes */1000")
        #expect(answer.problem == "range-not-satisfiable")
    }

    @Test func `a range of another version brings the whole file`() async throws {
        let stale = try await download(.get, [.range: "bytes=0-9", .ifRange: "\"other\""])
        #expect(stale.status == .ok)
        let good = try await download(.get, [.range: "bytes=0-9", .ifRange: tag])
        #expect(good.status == .partialContent)
    }

    @Test func `what the client holds is not sent again`() async throws {
        let answer = try await download(.get, [.ifNoneMatch: tag])
        #expect(answer.status == .notModified)
        #expect(answer.body.readableBytes == 0)
        #expect(answer.headers[.eTag] == tag)
        #expect(answer.headers[.contentLength] == nil)
        #expect(try await download(.get, [.ifMatch: "\"other\""]).status == .preconditionFailed)
    }

    @Test func `HEAD tells of the whole whatever range it names`() async throws {
        let answer = try await download(.head, [.range: "bytes=0-9"])
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentLength] == "1000")
        #expect(answer.body.readableBytes == 0)
    }

    @Test(arguments: ["manifest.json", "..%2Fhemicycle.sqlite", "..", ".", "poster.jpg", "recording.mp4%00"])
    func `no name leads out of what the recording lists`(name: String) async throws {
        let conference = try await TestConference()
        let recording = try await conference.archive(bytes)
        let headers = TestConference.reading(as: try await conference.signIn(conference.archivist))
        let answer = try await conference.ask(.get, "/api/v1/recordings/\(recording.id)/files/\(name)", headers)
        #expect(answer.status == .notFound)
    }

    @Test func `a participant may not download`() async throws {
        let conference = try await TestConference()
        let recording = try await conference.archive(bytes)
        let headers = TestConference.reading(as: try await conference.signIn(conference.member))
        let answer = try await conference.ask(.get, "/api/v1/recordings/\(recording.id)/files/recording.mp4", headers)
        #expect(answer.problem == "not-granted")
    }

    @Test func `a file that is not as it was written down is not sent`() async throws {
        let conference = try await TestConference()
        var recording = try await conference.archive(bytes)
        recording.files = [RecordingFile(name: "recording.mp4", bytes: 999, sha256: "00", seconds: 1)]
        try await conference.store.save(recording)
        let headers = TestConference.reading(as: try await conference.signIn(conference.archivist))
        let answer = try await conference.ask(.get, "/api/v1/recordings/\(recording.id)/files/recording.mp4", headers)
        #expect(answer.status == .serviceUnavailable)
    }
}
