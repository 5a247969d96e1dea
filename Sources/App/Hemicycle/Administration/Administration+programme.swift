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

    func keepDraft(_ yaml: String) async throws -> AdministrationAnswer {
        let plan = try ProgrammePlan(yaml: yaml)
        guard let version = try await desk.keep(plan) else {
            throw AdministrationError(
                "There is no conference “\(plan.slug)” yet: its first version is published, with or without sessions.")
        }
        let changes = Self.text(of: try await desk.changes(by: plan))
        return .done("\(changes)\nVersion \(version.number) of the programme is kept as a draft.")
    }

    func publishDraft(_ number: Int, _ slug: String) async throws -> AdministrationAnswer {
        let conference = try await conference(slug)
        let plan = try await draft(number, of: conference)
        let changes = Self.text(of: try await desk.changes(by: plan))
        guard let version = try await desk.publish(plan, number: number, of: conference, by: .commandLine) else {
            throw AdministrationError(
                "A version newer than draft \(number) is published. Export the draft and apply it as a new version.")
        }
        return .done("\(changes)\nVersion \(version.number) of the programme is published.")
    }

    func listVersions(_ slug: String) async throws -> AdministrationAnswer {
        let versions = try await desk.versions(of: try await conference(slug))
        let lines = versions.map { "\($0.number)  \($0.state.rawValue)  \($0.createdAt.text)" }
        return .done(lines.isEmpty ? "There is no version yet." : lines.joined(separator: "\n"))
    }

    func export(_ slug: String, _ number: Int?) async throws -> AdministrationAnswer {
        let conference = try await conference(slug)
        guard let number else { return .done(try await desk.plan(of: conference).plan.yaml()) }
        return .done(try await draft(number, of: conference).yaml())
    }

    private func draft(_ number: Int, of conference: Conference) async throws -> ProgrammePlan {
        guard let plan = try await desk.draft(number, of: conference) else {
            throw AdministrationError("There is no draft \(number). `hemicycle conference versions` lists what there is.")
        }
        return plan
    }

    private static func text(of changes: [PlanChange]) -> String {
        changes.isEmpty ? "Nothing changes." : changes.map(\.description).joined(separator: "\n")
    }
}
