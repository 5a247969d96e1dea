import Events
import Programme
import Time

/// A whole conference as YAML.
extension Administration {
    private var desk: ProgrammeDesk { ProgrammeDesk(repository: hall.store, audit: hall.audit, clock: hall.clock) }

    func compare(_ yaml: String) async throws -> AdministrationAnswer {
        .done(Self.text(of: try await desk.changes(by: try ProgrammePlan(yaml: yaml))))
    }

    func apply(_ yaml: String) async throws -> AdministrationAnswer {
        let plan = try ProgrammePlan(yaml: yaml)
        let changes = try await desk.changes(by: plan)
        guard !changes.isEmpty else { return .done(Self.text(of: changes)) }
        guard let version = try await desk.apply(plan, by: .commandLine) else { return .failed("Nothing was published.") }
        return .done("\(Self.text(of: changes))\nVersion \(version.number) of the programme is published.")
    }

    func export(_ slug: String) async throws -> AdministrationAnswer {
        .done(try await desk.plan(of: try await conference(slug)).plan.yaml())
    }

    private static func text(of changes: [PlanChange]) -> String {
        changes.isEmpty ? "Nothing changes." : changes.map(\.description).joined(separator: "\n")
    }
}
