import ArgumentParser
import FoundationEssentials
import Glibc
import NIOCore
import NIOPosix

/// Viewers come one after the other, watch for a while, and leave. What they received in the measured time is printed as JSON.
struct Watch: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Has so many viewers watch one session.")

    /// How long all of them may take to see something.
    private static let patience = 30.0

    @Option(help: "Of the server, on this machine.") var port: Int
    @Option(help: "The pass that viewers show.") var pass: String
    @Option var viewers: Int
    @Option(help: "Viewers that come in a second.") var arrivals = 50.0
    @Option(help: "Seconds between the last one's first picture and the measured time.") var warm = 2.0
    @Option(help: "How long is measured.") var seconds = 10.0
    @Argument(help: "Of the WHEP endpoint.") var path: String

    func run() throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let loop = group.next()
        let endpoint = WHEPEndpoint(port: port, path: path, pass: pass)
        let crowd = try loop.submit { NIOLoopBound(try Crowd(endpoint, on: loop), eventLoop: loop) }.wait()
        for _ in 0..<viewers {
            try loop.submit { crowd.value.welcome() }.wait()
            pause(1 / arrivals)
        }
        try waitUntilAllSee(crowd, on: loop)
        pause(warm)
        tell("measuring")
        try loop.submit { crowd.value.beginMeasuring() }.wait()
        pause(seconds)
        let report = try loop.submit { crowd.value.report }.wait()
        tell(String(decoding: try JSONEncoder().encode(report), as: UTF8.self))
        try loop.flatSubmit { crowd.value.leave() }.wait()
        try group.syncShutdownGracefully()
    }

    private func waitUntilAllSee(_ crowd: NIOLoopBound<Crowd>, on loop: any EventLoop) throws {
        let deadline = NIODeadline.now() + .nanoseconds(Int64(Self.patience * 1e9))
        while try !loop.submit({ try crowd.value.allSee() }).wait() {
            guard NIODeadline.now() < deadline else { throw CrowdError("Not everybody saw a picture within \(Self.patience) s.") }
            pause(0.02)
        }
    }

    private func tell(_ line: String) {
        print(line)
        fflush(nil)
    }
}

func pause(_ seconds: Double) {
    usleep(UInt32(seconds * 1e6))
}

struct CrowdError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
