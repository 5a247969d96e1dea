/**
 * What happens in a session, as the server tells it: one stream a page, shared by all its modules.
 *
 * The browser itself resumes a broken stream after the last event that it had. Where it gives up, because it was refused or
 * the server was away for long, a new stream is tried; then nothing is known of what was missed, and `restored` says so.
 */

/** The kinds of event that a session's stream carries. */
const kinds = [
  'session.opened', 'session.live', 'session.closed', 'feed.started', 'feed.interrupted', 'feed.resumed', 'feed.ended',
  'entrance.changed', 'participant.admitted', 'participant.removed', 'participant.banned',
  'participant.readmitted', 'presence',
  'recording.started', 'recording.paused', 'recording.resumed', 'recording.alarm', 'recording.sound',
  'recording.finishing', 'recording.ready', 'recording.failed', 'recording.verified', 'recording.faulty',
  'recording.deleted', 'mark.set', 'mark.removed',
  'announcement.made', 'announcement.withdrawn',
  'chat.opened', 'chat.closed', 'chat.posted', 'chat.hidden', 'chat.shown', 'chat.deleted', 'chat.cleared',
  'questions.opened', 'questions.closed', 'question.asked', 'question.approved', 'question.answered', 'question.dismissed',
  'question.hidden', 'question.deleted', 'questions.cleared', 'tallies',
  'hands.opened', 'hands.closed', 'hand.raised', 'hand.lowered', 'hand.called', 'hands.cleared',
  'polls.opened', 'polls.closed', 'poll.drafted', 'poll.opened', 'poll.closed', 'poll.published', 'poll.deleted', 'polls.cleared',
];

/** Those that no log shows. */
const fleeting = ['presence', 'tallies', 'chat.posted', 'question.asked', 'hand.raised', 'hand.lowered'];

/** Milliseconds before the first new attempt, and at most. */
const [shortest, longest] = [2_000, 20_000];

/**
 * @typedef {object} Told
 * @property {string} kind
 * @property {string} id the number in the conference's sequence; empty where it is not stored
 * @property {any} data
 */

export class SessionEvents extends EventTarget {
  /** @param {string} session */
  constructor(session) {
    super();
    this.address = `/api/v1/sessions/${session}/events`;
    this.pause = shortest;
    this.wasLost = false;
    /** @type {EventSource | null} */
    this.source = null;
    this.open();
    addEventListener('pagehide', () => this.close());
    addEventListener('pageshow', (event) => event.persisted && this.open());
  }

  open() {
    this.close();
    const source = new EventSource(this.address);
    source.onopen = () => this.opened();
    source.onerror = () => source.readyState === EventSource.CLOSED && this.lost();
    for (const kind of kinds) source.addEventListener(kind, (event) => this.tell(kind, event));
    this.source = source;
  }

  close() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = null;
  }

  /**
   * @param {string} kind one of `kinds`, or `*` for all that a log shows
   * @param {(told: Told) => void} listener
   */
  on(kind, listener) {
    this.addEventListener(kind, (event) => listener(/** @type {CustomEvent<Told>} */ (event).detail));
  }

  /** @private */
  opened() {
    this.pause = shortest;
    this.dispatchEvent(new CustomEvent('opened'));
    if (this.wasLost) this.dispatchEvent(new CustomEvent('restored'));
    this.wasLost = false;
  }

  /** @private */
  lost() {
    this.wasLost = true;
    this.retry = setTimeout(() => this.open(), this.pause * (0.75 + Math.random() / 2));
    this.pause = Math.min(this.pause * 2, longest);
  }

  /**
   * @private
   * @param {string} kind
   * @param {MessageEvent} event
   */
  tell(kind, event) {
    const detail = { kind, id: event.lastEventId, data: read(event.data) };
    this.dispatchEvent(new CustomEvent(kind, { detail }));
    if (!fleeting.includes(kind)) this.dispatchEvent(new CustomEvent('*', { detail }));
  }
}

/** @param {string} text */
function read(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

/** @type {Map<string, SessionEvents>} */
const streams = new Map();

/**
 * The page's one stream of a session.
 * @param {string} session
 */
export function eventsOf(session) {
  const stream = streams.get(session) ?? new SessionEvents(session);
  streams.set(session, stream);
  return stream;
}
