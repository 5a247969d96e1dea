/// Settings as they stand on the command line: `--http-port 8443` or `--http-port=8443`.
struct SettingFlags {
    /// What was set, by key; the last word counts.
    private(set) var values: [String: String] = [:]
    private(set) var faults: [String] = []

    /// - Parameter arguments: what stood on the command line beyond the command's own.
    init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() { take(argument, &rest) }
    }

    private mutating func take(_ argument: String, _ rest: inout ArraySlice<String>) {
        let flag = String(argument.prefix { $0 != "=" })
        let own = flag == argument ? nil : String(argument.dropFirst(flag.count + 1))
        // Also where the flag is not known, so that its value is not told as a second fault.
        let value = own ?? (rest.first?.hasPrefix("--") == false && flag.hasPrefix("--") ? rest.popFirst() : nil)
        switch (Settings.catalogue.first { $0.flag == flag }, value) {
        case (let setting?, let value?): values[setting.key] = value
        case (_?, nil): faults.append("\(flag) needs a value.")
        case (nil, _):
            faults.append(
                "\(flag) is no flag of this command and no key of the configuration. `hemicycle serve --help` lists them.")
        }
    }
}
