import Fuzzing
import NIOCore
import SecureTransport

/// What nobody protected is refused, and what we protected of any shape comes back.
@main enum SRTPFuzz: Fuzzing {
    static func test(_ input: ByteBuffer) {
        for profile in SRTPProfile.allCases {
            let master = SRTPMasterKey(
                key: [UInt8](repeating: 1, count: SRTPProfile.keyLength), salt: [UInt8](repeating: 2, count: profile.saltLength))
            guard let sender = try? SRTPSender(profile, master), let receiver = try? SRTPReceiver(profile, master) else { return }
            var media = input
            precondition(receiver.unprotect(&media) == nil, "a packet that nobody protected passed")
            var control = input
            precondition(!receiver.unprotectControl(&control), "a control packet that nobody protected passed")
            goThere(input, sender, receiver)
        }
    }

    private static func goThere(_ input: ByteBuffer, _ sender: SRTPSender, _ receiver: SRTPReceiver) {
        var packet = input
        guard sender.protectControl(in: &packet, from: 0) else { return }
        precondition(receiver.unprotectControl(&packet) && packet == input, "a control packet did not come back")
    }
}
