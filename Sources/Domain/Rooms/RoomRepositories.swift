package import Archive
package import Programme
package import Registration

/// Everything that the rooms read from and write to.
package struct RoomRepositories: Sendable {
    package let programme: any ProgrammeRepository
    package let registration: any RegistrationRepository
    package let rooms: any RoomRepository
    package let recordings: any RecordingRepository & MarkRepository & ClipRepository

    package init(
        programme: any ProgrammeRepository, registration: any RegistrationRepository, rooms: any RoomRepository,
        recordings: any RecordingRepository & MarkRepository & ClipRepository
    ) {
        self.programme = programme
        self.registration = registration
        self.rooms = rooms
        self.recordings = recordings
    }
}
