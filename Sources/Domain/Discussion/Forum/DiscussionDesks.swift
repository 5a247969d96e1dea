package import Events
package import Identifiers

/// The desks of all that is said in sessions.
package struct DiscussionDesks: Sendable {
    package let forums: ForumDesk
    package let chat: ChatDesk
    package let questions: QuestionDesk
    package let hands: HandDesk
    package let polls: PollDesk
    package let announcements: AnnouncementDesk
    package let tallies: Tallies

    /// - Parameter isPresent: whether somebody is in a session; answers without waiting.
    package init(
        forums: ForumDesk, chat: any ChatRepository, questions: any QuestionRepository, polls: any PollRepository,
        announcements: AnnouncementDesk,
        isPresent: @escaping @Sendable (ParticipantID, SessionID) -> Bool
    ) {
        self.forums = forums
        self.announcements = announcements
        tallies = Tallies()
        self.chat = ChatDesk(repository: chat, forums: forums)
        self.questions = QuestionDesk(repository: questions, forums: forums, tallies: tallies)
        hands = HandDesk(forums: forums, isPresent: isPresent)
        self.polls = PollDesk(repository: polls, forums: forums, tallies: tallies)
    }

    /// The event as it is told: with the words of what it names. Nil where those are hidden or gone.
    ///
    /// An event of the discussion holds no words. They are looked up when it is told, so that what is hidden or deleted is
    /// told to nobody any more, whoever asks again for past events.
    package func told(_ event: Event) async throws -> Event? {
        switch event.kind {
        case .chatPosted, .chatShown: try await chat.told(event)
        case .questionAsked, .questionApproved, .questionAnswered: try await questions.told(event)
        case .handRaised: hands.told(event)
        case .announcementMade: try await announcements.told(event)
        case .pollDrafted, .pollOpened, .pollClosed, .pollPublished: try await polls.told(event)
        default: event
        }
    }
}
