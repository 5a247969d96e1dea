package import Events

/// The desks of all that is said in sessions.
package struct DiscussionDesks: Sendable {
    package let forums: ForumDesk
    package let chat: ChatDesk
    package let questions: QuestionDesk
    package let announcements: AnnouncementDesk
    package let tallies: Tallies

    package init(
        forums: ForumDesk, chat: any ChatRepository, questions: any QuestionRepository, announcements: AnnouncementDesk
    ) {
        self.forums = forums
        self.announcements = announcements
        tallies = Tallies()
        self.chat = ChatDesk(repository: chat, forums: forums)
        self.questions = QuestionDesk(repository: questions, forums: forums, tallies: tallies)
    }

    /// The event as it is told: with the words of what it names. Nil where those are hidden or gone.
    ///
    /// An event of the discussion holds no words. They are looked up when it is told, so that what is hidden or deleted is
    /// told to nobody any more, whoever asks again for past events.
    package func told(_ event: Event) async throws -> Event? {
        switch event.kind {
        case .chatPosted, .chatShown: try await chat.told(event)
        case .questionAsked, .questionApproved, .questionAnswered: try await questions.told(event)
        case .announcementMade: try await announcements.told(event)
        default: event
        }
    }
}
