package import Files

/// Lays mail down as files in a folder, for want of a mail server: `letter_….eml`, one for each, for whoever passes them on.
package struct SpoolCarrier: LetterCarrier {
    private let folder: Folder

    package init(_ path: Path) {
        folder = Folder(path)
    }

    package func carry(_ mail: Mail) async throws(CarriageError) {
        do {
            try folder.createIfMissing()
            try folder.replace("\(mail.name).eml", with: mail.message)
        } catch {
            throw CarriageError(.unreachable, "\(error)")
        }
    }
}
