/// Why a plan is not taken: for whoever wrote it, every fault with its line and field.
package struct PlanError: Error, Hashable, Sendable {
    package struct Fault: Hashable, Codable, Sendable {
        /// From 1.
        package let line: Int
        /// `sessions[3].audiences[0]`; empty where the fault is of the whole text.
        package let field: String
        package let message: String
    }

    /// In the order of their lines; at least one, at most `mostFaults`.
    package let faults: [Fault]

    /// Further faults are not told: whoever mends these will see them.
    static let mostFaults = 50

    init(_ faults: [Fault]) {
        self.faults = Array(faults.sorted { $0.line < $1.line }.prefix(Self.mostFaults))
    }

    init(line: Int, field: String = "", _ message: String) {
        faults = [Fault(line: line, field: field, message: message)]
    }
}

extension PlanError: CustomStringConvertible {
    /// A line for each fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}

extension PlanError.Fault: CustomStringConvertible {
    package var description: String {
        "line \(line)" + (field.isEmpty ? "" : ", \(field)") + ": \(message)"
    }
}
