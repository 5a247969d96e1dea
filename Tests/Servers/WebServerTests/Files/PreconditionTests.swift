import HTTPTypes
import Testing
import Time

@testable import WebServer

/// RFC 9110 §13.1 and the order of §13.2.2.
@Suite struct PreconditionTests {
    private let validators = Validators(
        tag: EntityTag(strong: "abc"), modified: HTTPDate(UTCInstant(microseconds: 784_111_777_900_000)))

    @Test(
        arguments: [
            (HTTPFields(), PreconditionOutcome.proceed),
            ([.ifNoneMatch: "\"abc\""], .notModified),
            ([.ifNoneMatch: "W/\"abc\""], .notModified),
            ([.ifNoneMatch: "\"x\", \"abc\""], .notModified),
            ([.ifNoneMatch: "*"], .notModified),
            ([.ifNoneMatch: "\"x\""], .proceed),
            ([.ifNoneMatch: "abc"], .proceed),
            ([.ifMatch: "\"abc\""], .proceed),
            ([.ifMatch: "*"], .proceed),
            ([.ifMatch: "W/\"abc\""], .failed),
            ([.ifMatch: "\"x\""], .failed),
            ([.ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"], .notModified),
            ([.ifModifiedSince: "Sun, 06 Nov 1994 08:49:36 GMT"], .proceed),
            ([.ifModifiedSince: "yesterday"], .proceed),
            ([.ifUnmodifiedSince: "Sun, 06 Nov 1994 08:49:36 GMT"], .failed),
            ([.ifUnmodifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"], .proceed),
            ([.ifNoneMatch: "\"x\"", .ifModifiedSince: "Sun, 06 Nov 1994 08:49:37 GMT"], .proceed),
            ([.ifMatch: "\"abc\"", .ifUnmodifiedSince: "Sun, 06 Nov 1994 08:49:36 GMT"], .proceed),
            ([.ifMatch: "\"x\"", .ifNoneMatch: "\"abc\""], .failed),
        ] as [(HTTPFields, PreconditionOutcome)])
    func `conditions are held in the order of the standard`(headers: HTTPFields, expected: PreconditionOutcome) {
        #expect(validators.outcome(for: headers) == expected)
    }

    @Test(
        arguments: [
            ([:], true), ([.ifRange: "\"abc\""], true), ([.ifRange: "W/\"abc\""], false), ([.ifRange: "\"x\""], false),
            ([.ifRange: "Sun, 06 Nov 1994 08:49:37 GMT"], true), ([.ifRange: "Sun, 06 Nov 1994 08:49:38 GMT"], false),
            ([.ifRange: "rubbish"], false),
        ] as [(HTTPFields, Bool)])
    func `a range counts only while the client's part is of this file`(headers: HTTPFields, expected: Bool) {
        #expect(validators.rangeCounts(for: headers) == expected)
    }

    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_623_837_600, "Wed, 16 Jun 2021 10:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"), (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `a date is written as the standard wants it, and read back`(seconds: Int64, text: String) {
        #expect(HTTPDate(UTCInstant(microseconds: seconds * 1_000_000)).header == text)
        #expect(HTTPDate(text)?.seconds == seconds)
    }

    @Test(arguments: [
        "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 25:49:37 GMT",
        "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 06 Nov -994 08:49:37 GMT",
    ])
    func `any other date is none`(text: String) {
        #expect(HTTPDate(text) == nil)
    }

    @Test func `a download is named for old clients and for all scripts`() {
        let header = ContentDisposition.attachment(named: "séance \"1\".mp4")
        #expect(header == "attachment; filename=\"s_ance__1_.mp4\"; filename*=UTF-8''s%C3%A9ance%20%221%22.mp4")
    }
}
