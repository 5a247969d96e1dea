import CCurl

/// The libcurl that the program runs with. It is loaded when it is first asked for.
package enum CurlLibrary {
    /// What mends its absence.
    package static let mend = "Install it (apt install libcurl4)."

    /// Whether it is there and has been made ready. The first call loads it, which takes some 10 ms, in which it blocks.
    static let isReady = hemicycle_start_curl() == CURLE_OK

    /// As it names itself, with what it is made of: `libcurl/7.88.1 OpenSSL/3.0.22 zlib/1.2.13 …`; nil where there is none.
    package static var version: String? { isReady ? unsafe String(cString: curl_version()) : nil }
}
