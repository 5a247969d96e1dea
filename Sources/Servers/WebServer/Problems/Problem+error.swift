import Access
import Registration
import Rooms

extension Problem {
    /// What is told of an error; nil where it is a failure of ours.
    init?(explaining error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let refusal as Refusal: self.init(refusal)
        case let error as RegistrationError: self.init(.impossible, error.message)
        case let refusal as WatchRefusal: self.init(refusal)
        case is CancellationError: self.init(.unavailable)
        default: return nil
        }
    }
}
