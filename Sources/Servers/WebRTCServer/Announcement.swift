import NIOCore
import WebRTC

/// Where peers are told to come.
struct Announcement {
    /// The addresses that the operator names; empty where none.
    private let announced: [String]

    init(_ announced: [String]) {
        self.announced = announced
    }

    /// Each address by UDP and by TCP, those first that stand first.
    ///
    /// - Parameter listening: the addresses that are listened on, with their ports.
    func candidates(for listening: [SocketAddress]) throws -> [Candidate] {
        let places = try listening.flatMap { try addresses(for: $0) }
        return places.enumerated().flatMap { rank, place in
            let preference = UInt16(clamping: Int(UInt16.max) - rank)
            return [Candidate.Transport.udp, .passiveTCP].map {
                Candidate($0, address: place.address, port: place.port, preference: preference)
            }
        }
    }

    /// Of the announced addresses those of the same family, else what is listened on: every address of the machine where that is
    /// the one that stands for all of them.
    private func addresses(for listening: SocketAddress) throws -> [(address: String, port: UInt16)] {
        guard let own = listening.ipAddress, let port = listening.port.flatMap(UInt16.init(exactly:)) else { return [] }
        let named = announced.filter { (try? SocketAddress(ipAddress: $0, port: 0))?.protocol == listening.protocol }
        guard named.isEmpty else { return named.map { ($0, port) } }
        guard ["0.0.0.0", "::"].contains(own) else { return [(own, port)] }
        let machine = try System.enumerateDevices().compactMap(\.address).filter { $0.protocol == listening.protocol }
        let texts = machine.compactMap(\.ipAddress).filter { !$0.hasPrefix("fe80:") && !$0.contains("%") }
        let outside = texts.filter { !$0.hasPrefix("127.") && $0 != "::1" }
        return (outside.isEmpty ? texts : outside).map { ($0, port) }
    }
}
