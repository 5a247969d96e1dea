package import Identifiers
package import Registration
package import Time

extension ConferenceStore {
    package func add(_ link: SignInLink) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                """
                INSERT INTO sign_in_link (person, digest, expires_at, used_at)
                VALUES (\(link.person), \(link.digest), \(link.expiresAt), \(link.usedAt))
                ON CONFLICT (person) DO UPDATE
                SET digest = excluded.digest, expires_at = excluded.expires_at, used_at = excluded.used_at
                """)
        }
    }

    package func link(digest: String) async throws(StoreError) -> SignInLink? {
        try await read { connection throws(StoreError) in
            try connection.first(
                "SELECT person, digest, expires_at, used_at FROM sign_in_link WHERE digest = \(digest)", SignInLink.init)
        }
    }

    package func use(_ link: SignInLink, at instant: UTCInstant) async throws(StoreError) -> Bool {
        try await write { connection throws(StoreError) in
            try connection.run(
                "UPDATE sign_in_link SET used_at = \(instant) WHERE digest = \(link.digest) AND used_at IS NULL") == 1
        }
    }

    /// What the person's expired sign-ins took up is given back.
    package func add(_ signIn: SignIn, digest: String) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run(
                "DELETE FROM sign_in WHERE person = \(signIn.person) AND expires_at <= \(signIn.createdAt)")
            try connection.run(
                """
                INSERT INTO sign_in (id, digest, person, created_at, expires_at)
                VALUES (\(signIn.id), \(digest), \(signIn.person), \(signIn.createdAt), \(signIn.expiresAt))
                """)
        }
    }

    package func signIn(digest: String) async throws(StoreError) -> SignIn? {
        try await read { connection throws(StoreError) in
            try connection.first(
                "SELECT id, person, created_at, expires_at FROM sign_in WHERE digest = \(digest)", SignIn.init)
        }
    }

    package func signIns(of person: PersonID) async throws(StoreError) -> [SignIn] {
        try await read { connection throws(StoreError) in
            try connection.all(
                """
                SELECT id, person, created_at, expires_at FROM sign_in
                WHERE person = \(person) ORDER BY created_at DESC, id DESC
                """, SignIn.init)
        }
    }

    package func removeSignIn(_ id: SignInID) async throws(StoreError) {
        try await write { connection throws(StoreError) in
            try connection.run("DELETE FROM sign_in WHERE id = \(id)")
        }
    }
}

extension SignInLink {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            person: try record.value("person"), digest: try record.value("digest"),
            expiresAt: try record.value("expires_at"), usedAt: try record.optional("used_at"))
    }
}

extension SignIn {
    fileprivate init(_ record: Record) throws(StoreError) {
        self.init(
            id: try record.value("id"), person: try record.value("person"), createdAt: try record.value("created_at"),
            expiresAt: try record.value("expires_at"))
    }
}
