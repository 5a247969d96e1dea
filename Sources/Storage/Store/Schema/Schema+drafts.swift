extension Schema {
    /// A draft is kept as the YAML text of its plan; once it is published its sessions stand with the version.
    static let drafts = Migration(
        name: "16 drafts", statements: ["ALTER TABLE programme_version ADD COLUMN plan TEXT"])
}
