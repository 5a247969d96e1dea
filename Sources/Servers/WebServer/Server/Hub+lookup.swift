import Archive
import Hummingbird
import Identifiers
import Programme
import Rooms
import Time

/// What an address names. Whatever there is not, is a 404.
extension Hub {
    func conference(named name: String = "conference", in parameters: Parameters) async throws -> Conference {
        guard let id = parameters.get(name, as: ConferenceID.self), let conference = try await programme.conference(id)
        else { throw Problem(.notFound, "There is no such conference.") }
        return conference
    }

    func session(in parameters: Parameters) throws(Problem) -> Rooms.SessionState {
        guard let id = parameters.get("session", as: SessionID.self), let state = rooms.state(of: id)
        else { throw Problem(.notFound, "There is no such session.") }
        return state
    }

    func room(in parameters: Parameters) async throws -> Room {
        guard let id = parameters.get("room", as: RoomID.self), let room = try await programme.room(id)
        else { throw Problem(.notFound, "There is no such room.") }
        return room
    }

    func recording(in parameters: Parameters) async throws -> ArchivedRecording {
        guard let id = parameters.get("recording", as: RecordingID.self)
        else { throw Problem(.notFound, "There is no such recording.") }
        if let recording = try await recordings.recording(id) { return recording }
        guard let tombstone = try await recordings.tombstone(of: id)
        else { throw Problem(.notFound, "There is no such recording.") }
        throw Problem(.recordingDeleted, "The recording was deleted on \(tombstone.deletedAt.text).")
    }
}
