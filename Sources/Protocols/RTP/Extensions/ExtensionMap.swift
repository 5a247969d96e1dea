/// The header extensions that Hemicycle understands.
package enum HeaderExtension: String, CaseIterable, Hashable, Sendable {
    /// Which media section a packet belongs to (RFC 9143 §15).
    case mid = "urn:ietf:params:rtp-hdrext:sdes:mid"
    /// Which of several encodings of one picture (RFC 8852 §3.1).
    case rid = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
    case repairedRID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
    case audioLevel = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
    case transportSequence = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
    case absoluteSendTime = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
}

/// By which number each extension goes in one connection: 1 to 255, as the offer numbered them.
package struct ExtensionMap: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// Indexed like `HeaderExtension.allCases`; 0 where it was not negotiated.
    private var numbers: [UInt8]

    package init(dictionaryLiteral elements: (HeaderExtension, UInt8)...) {
        numbers = HeaderExtension.allCases.map { kind in elements.first { $0.0 == kind }?.1 ?? 0 }
    }

    package subscript(_ kind: HeaderExtension) -> UInt8? {
        get {
            let number = numbers[kind.index]
            return number == 0 ? nil : number
        }
        set { numbers[kind.index] = newValue ?? 0 }
    }
}

extension HeaderExtension {
    fileprivate var index: Int {
        switch self {
        case .mid: 0
        case .rid: 1
        case .repairedRID: 2
        case .audioLevel: 3
        case .transportSequence: 4
        case .absoluteSendTime: 5
        }
    }
}
