import Testing

@testable import Letters
@testable import SMTP

@Suite struct SMTPCarrierTests {
    private static let failures: [(SMTPError.Stage, Int?, CarriageError.Code)] = [
        (.recipient, 550, .refused), (.recipient, 450, .later), (.content, 554, .later), (.session, 535, .unreachable),
        (.session, nil, .unreachable),
    ]

    @Test(arguments: failures)
    func `only what is said of a recipient for good is final`(stage: SMTPError.Stage, answer: Int?, code: CarriageError.Code) {
        #expect(SMTPCarrier.code(of: SMTPError(stage: stage, answer: answer, message: "")) == code)
    }
}
