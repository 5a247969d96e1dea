// swift-tools-version: 6.2
import PackageDescription

/// Every target of the house is built alike: Swift 6 mode, unsafety marked, no warning tolerated.
let house: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// A floor of the house: the folder below `Sources/`, top of the list below is the bottom of the house.
/// An import only ever points down; `LayerTests` holds every file against it.
enum Layer: String {
    case vocabulary = "Vocabulary"
    case bindings = "Bindings"
    case protocols = "Protocols"
    case domain = "Domain"
    case storage = "Storage"
    case servers = "Servers"
    case app = "App"
}

func target(
    _ layer: Layer, _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: "Sources/\(layer.rawValue)/\(name)",
        resources: resources, swiftSettings: house)
}

/// A C library as Debian ships it. With the name under which pkg-config knows it, the program is linked with it.
func library(_ name: String, pkgConfig: String? = nil, debian packages: String...) -> Target {
    .systemLibrary(
        name: name, path: "Sources/Bindings/\(name)", pkgConfig: pkgConfig, providers: [.apt(packages)])
}

func tests(_ name: String, of layer: Layer, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies,
        path: "Tests/\(layer.rawValue)/\(name)Tests", swiftSettings: house)
}

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdCore = product(name: "HummingbirdCore", package: "hummingbird")
    static let hummingbirdHTTP2 = product(name: "HummingbirdHTTP2", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let jwtKit = product(name: "JWTKit", package: "jwt-kit")
    static let lifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let logging = product(name: "Logging", package: "swift-log")
    static let mustache = product(name: "Mustache", package: "swift-mustache")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioHTTPTypes = product(name: "NIOHTTPTypes", package: "swift-nio-extras")
    static let nioEmbedded = product(name: "NIOEmbedded", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let nioSSL = product(name: "NIOSSL", package: "swift-nio-ssl")
    static let nioTLS = product(name: "NIOTLS", package: "swift-nio")
    static let swiftCSV = product(name: "SwiftCSV", package: "SwiftCSV")
    static let system = product(name: "SystemPackage", package: "swift-system")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

var targets: [Target] = [
    // Vocabulary: time, codec, track, frame, and the ids of the conference.
    target(.vocabulary, "Time"),
    target(.vocabulary, "Identifiers", ["Time"]),
    target(.vocabulary, "Media", ["Time", .nioCore]),

    // Bindings: one Swift target per C library; no C type crosses their border.
    library("CFFmpegLibraries", debian: "libavformat-dev", "libavcodec-dev", "libswresample-dev", "libswscale-dev"),
    .target(name: "CFFmpeg", dependencies: ["CFFmpegLibraries"], path: "Sources/Bindings/CFFmpeg"),
    .target(name: "CCurl", path: "Sources/Bindings/CCurl"),
    library("COpenSSL", pkgConfig: "openssl", debian: "libssl-dev"),
    library("CZlib", pkgConfig: "zlib", debian: "zlib1g-dev"),
    target(.bindings, "FFmpeg", ["CFFmpeg", "Media", "Time", .nioCore]),
    target(.bindings, "Files"),
    target(.bindings, "SecureTransport", ["COpenSSL", "Time", .nioCore]),
    target(.bindings, "SMTP", ["CCurl"]),
    target(.bindings, "Zlib", ["CZlib", .nioCore]),

    // Protocols: pure, sans-I/O.
    target(.protocols, "Codecs", ["Media", .nioCore]),
    target(.protocols, "HLS", ["Time"]),
    target(.protocols, "PlainHTTP", [.nioCore]),
    target(.protocols, "RTMP", [.nioCore]),
    target(.protocols, "RTP", ["Time", .nioCore]),
    target(.protocols, "WebRTC", ["RTP", .crypto, .nioCore]),

    // Domain: the conference itself and its live media; no socket, no SQL.
    target(.domain, "Access", ["Identifiers", "Time", .jwtKit]),
    target(.domain, "Programme", ["Access", "Events", "Identifiers", "Time", .yams]),
    target(.domain, "Registration", ["Access", "Identifiers", "Time", .crypto, .swiftCSV]),
    target(.domain, "Repetition", ["Registration", "Time", .crypto]),
    target(.domain, "Letters", ["Files", "Identifiers", "Registration", "SMTP", "Time", .lifecycle, .logging]),
    target(.domain, "Events", ["Identifiers", "Time", .crypto]),
    target(.domain, "Discussion", ["Events", "Identifiers", "Programme", "Registration", "Time", .lifecycle]),
    target(.domain, "Streams", ["Identifiers", "Media", "Time", .nioCore]),
    target(.domain, "Peers", ["Codecs", "FFmpeg", "Media", "RTP", "SecureTransport", "Streams", "Time", "WebRTC", .nioCore]),
    target(.domain, "Packaging", ["Codecs", "FFmpeg", "HLS", "Media", "Streams", "Time", "Zlib", .crypto, .nioCore]),
    target(.domain, "Recording", ["Codecs", "FFmpeg", "Files", "Identifiers", "Media", "Time", .crypto, .nioCore]),
    target(
        .domain, "Archive", ["Events", "Identifiers", "Programme", "Recording", "Time", .lifecycle, .logging]),
    target(
        .domain, "Rooms",
        [
            "Access", "Archive", "Events", "Identifiers", "Media", "Packaging", "Peers", "Programme", "Recording",
            "Registration", "Streams", "Time", "WebRTC", .lifecycle, .logging, .nioCore,
        ]),

    // Storage: the only place with SQL.
    target(
        .storage, "Store",
        [
            "Access", "Archive", "Discussion", "Events", "Identifiers", "Letters", "Programme", "Recording", "Registration",
            "Repetition", "Rooms", "Time", .grdb,
        ]),

    // Servers: what opens a socket. They never import each other.
    target(
        .servers, "RTMPServer",
        ["Codecs", "Media", "RTMP", "Streams", "Time", .lifecycle, .logging, .nioCore, .nioPosix, .nioSSL]),
    target(
        .servers, "WebRTCServer",
        ["Peers", "RTP", "SecureTransport", "Time", "WebRTC", .lifecycle, .logging, .nioCore, .nioPosix]),
    target(
        .servers, "WebServer",
        [
            "Access", "Archive", "Discussion", "Events", "HLS", "Identifiers", "Letters", "Media", "Packaging", "Peers",
            "PlainHTTP", "Programme", "Recording", "Registration", "Repetition", "Rooms", "Streams", "Time", "WebRTC", "Zlib",
            .crypto, .httpTypes, .hummingbird, .hummingbirdCore, .hummingbirdHTTP2, .lifecycle, .logging, .mustache, .nioCore,
            .nioHTTP1, .nioHTTPTypes, .nioPosix, .nioSSL, .nioTLS, .yams,
        ], resources: [.copy("Resources")]),

    // App: settings and wiring, and the `hemicycle` program.
    target(
        .app, "Hemicycle",
        [
            "Access", "Archive", "Discussion", "Events", "FFmpeg", "Files", "Identifiers", "Letters", "Media", "Packaging",
            "Programme", "RTMPServer", "Recording", "Registration", "Repetition", "Rooms", "SMTP", "SecureTransport", "Store",
            "Streams", "Time", "WebRTCServer", "WebServer", .configuration, .lifecycle, .logging, .nioCore, .nioPosix, .system,
            .unixSignals, .yams,
        ]),
    .executableTarget(
        name: "HemicycleCommand",
        dependencies: [
            "Access", "Archive", "Events", "Hemicycle", "Identifiers", "Programme", "Registration", "Time", .argumentParser,
            .logging,
        ],
        path: "Sources/App/HemicycleCommand", swiftSettings: house),

    // Tests mirror the house.
    .target(
        name: "MediaFixtures", dependencies: ["Media", "Time", .nioCore], path: "Tests/Support/MediaFixtures",
        swiftSettings: house),
    tests("Time", of: .vocabulary),
    tests("Identifiers", of: .vocabulary, ["Time"]),
    tests("FFmpeg", of: .bindings, ["Media", "MediaFixtures", "Time", .nioCore]),
    tests("Files", of: .bindings),
    .target(name: "TestTime", path: "Tests/Support/TestTime"),
    .target(name: "LossyNetwork", dependencies: [.nioCore], path: "Tests/Support/LossyNetwork", swiftSettings: house),
    // The oracle of SRTP: Debian's build is too slow for more.
    .systemLibrary(
        name: "CSRTP", path: "Tests/Support/CSRTP", pkgConfig: "libsrtp2", providers: [.apt(["libsrtp2-dev"])]),
    tests("SMTP", of: .bindings),
    tests("SecureTransport", of: .bindings, ["COpenSSL", "CSRTP", "LossyNetwork", "TestTime", "Time", .nioCore]),
    tests("Zlib", of: .bindings, [.nioCore]),
    tests("Codecs", of: .protocols, ["Media", .nioCore]),
    tests("HLS", of: .protocols, ["Time"]),
    tests("PlainHTTP", of: .protocols, [.nioCore, .nioEmbedded, .nioHTTP1]),
    tests("RTMP", of: .protocols, [.nioCore]),
    tests("RTP", of: .protocols, ["MediaFixtures", "Time", .nioCore]),
    tests("WebRTC", of: .protocols, ["RTP", .nioCore]),
    tests("Access", of: .domain, ["Identifiers", "Time", .crypto]),
    tests("Programme", of: .domain, ["Access", "Identifiers", "Time"]),
    tests("Registration", of: .domain, ["Access", "Identifiers", "Time"]),
    tests(
        "Letters", of: .domain,
        ["Access", "Files", "Identifiers", "Programme", "Registration", "SMTP", "Store", "Time", .logging]),
    tests("Repetition", of: .domain, ["Registration", "Time"]),
    tests("Events", of: .domain, ["Identifiers", "Time", .crypto]),
    tests("Discussion", of: .domain, ["Identifiers", "Time"]),
    tests("Streams", of: .domain, ["Identifiers", "Media", "Time", .nioCore]),
    tests(
        "Peers", of: .domain,
        ["LossyNetwork", "Media", "MediaFixtures", "RTP", "SecureTransport", "Streams", "TestTime", "Time", "WebRTC", .nioCore]),
    tests("Packaging", of: .domain, ["HLS", "Media", "MediaFixtures", "Streams", "Time", .nioCore]),
    tests(
        "Recording", of: .domain,
        ["FFmpeg", "Files", "Identifiers", "Media", "MediaFixtures", "Packaging", "Streams", "Time", .nioCore]),
    tests("Archive", of: .domain, ["Identifiers", "Programme", "Recording", "Time"]),
    tests(
        "Rooms", of: .domain,
        [
            "Access", "Archive", "Events", "Files", "Identifiers", "Media", "MediaFixtures", "Packaging", "Programme",
            "Recording", "Registration", "Store", "Streams", "Time", .logging, .nioCore,
        ]),
    tests(
        "Store", of: .storage,
        [
            "Access", "Archive", "Events", "Identifiers", "Programme", "Recording", "Registration", "Repetition", "Rooms",
            "Time", .grdb,
        ]),
    tests("RTMPServer", of: .servers, ["Identifiers", "Media", "RTMP", "Streams", "Time", .logging, .nioCore, .nioPosix]),
    tests(
        "WebRTCServer", of: .servers,
        ["Media", "Peers", "RTP", "SecureTransport", "Time", "WebRTC", .logging, .nioCore, .nioPosix]),
    tests(
        "WebServer", of: .servers,
        [
            "Access", "Archive", "Discussion", "Events", "Files", "Identifiers", "Letters", "Media", "Packaging", "Peers",
            "Programme", "Recording", "Registration", "Repetition", "Rooms", "Store", "Streams", "Time", "WebRTC", .httpTypes,
            .hummingbird, .hummingbirdTesting, .lifecycle, .logging, .nioCore, .nioPosix, .yams,
        ]),
    tests("Hemicycle", of: .app, ["Archive", "Identifiers", "Programme", "Rooms", "Store", "Time", "WebServer", .yams]),

    // The house itself: imports against layers, and rules that a compiler does not hold.
    .testTarget(name: "HouseTests", path: "Tests/HouseTests", swiftSettings: house),
]

// The crowd of `Benchmarks/fanout.py`; it sees `package` symbols as the fuzzers do.
if Context.environment["HEMICYCLE_DEV"] != nil {
    targets += [
        .executableTarget(
            name: "WHEPCrowd",
            dependencies: ["RTP", "SecureTransport", "WebRTC", .argumentParser, .nioCore, .nioHTTP1, .nioPosix],
            path: "Benchmarks/WHEPCrowd", swiftSettings: house)
    ]
}

/// A fuzzed parser: a program that `Fuzz/run` builds with libFuzzer and AddressSanitizer.
func fuzzer(_ name: String, of dependencies: Target.Dependency...) -> Target {
    .executableTarget(
        name: "\(name)Fuzz", dependencies: dependencies + ["Fuzzing", .nioCore], path: "Fuzz/\(name)Fuzz",
        swiftSettings: house)
}

// Fuzzers see `package` symbols because they stand in this package, and nobody else builds them.
if Context.environment["HEMICYCLE_DEV"] != nil {
    targets += [
        .target(name: "CLibFuzzer", path: "Fuzz/CLibFuzzer"),
        .target(name: "Fuzzing", dependencies: ["CLibFuzzer", .nioCore], path: "Fuzz/Fuzzing", swiftSettings: house),
        fuzzer("ChunkStream", of: "RTMP"),
        fuzzer("AMF", of: "RTMP"),
        fuzzer("FLV", of: "RTMP"),
        fuzzer("Parameters", of: "Codecs"),
        fuzzer("Connection", of: "RTMP"),
        fuzzer("PlainHTTP", of: "PlainHTTP", .nioEmbedded, .nioHTTP1),
        fuzzer("STUN", of: "WebRTC"),
        fuzzer("SRTP", of: "SecureTransport"),
        fuzzer("DTLS", of: "SecureTransport"),
        fuzzer("RTP", of: "RTP"),
        fuzzer("RTCP", of: "RTP"),
        fuzzer("Depacketiser", of: "RTP"),
        fuzzer("SDP", of: "RTP", "WebRTC"),
    ]
}

let package = Package(
    name: "hemicycle",
    products: [.executable(name: "hemicycle", targets: ["HemicycleCommand"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    ],
    targets: targets
)
