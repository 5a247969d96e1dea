import CCurl

/// The libcurl that the program runs with.
package enum CurlLibrary {
    /// As it names itself, with what it is made of: `libcurl/7.88.1 OpenSSL/3.0.22 zlib/1.2.13 …`.
    package static var version: String { unsafe String(cString: curl_version()) }
}
