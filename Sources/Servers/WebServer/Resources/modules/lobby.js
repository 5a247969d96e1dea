/** Waits at the door of a session until a moderator lets its reader in. */

import { Door } from './admission.js';
import { eventsOf } from './events.js';
import { phrase } from './phrases.js';

/** Milliseconds after which to ask again: that also says that somebody still waits here. */
const pauses = { waiting: 10_000, changed: 1_500, unreachable: 3_000 };

const lobby = document.querySelector('[data-session]');
const session = lobby?.getAttribute('data-session') ?? '';
const participant = lobby?.getAttribute('data-participant');

/**
 * @param {string} name
 * @param {string} words
 */
function write(name, words) {
  const field = lobby?.querySelector(`[data-field="${name}"]`);
  if (field && field.textContent !== words) field.textContent = words;
  if (name !== 'heading') field?.toggleAttribute('hidden', !words);
}

/** The same address shows the room to whoever is in, and whatever else the door says. */
const goOn = () => location.reload();

const door = new Door(session, goOn, (problem) => {
  const isUnreachable = problem.status === 0 || problem.status >= 500;
  write('problem', isUnreachable ? phrase('problem.unreachable') : '');
  if (isUnreachable) return door.askIn(pauses.unreachable);
  if (!problem.code.startsWith('waiting-')) return goOn();
  write('heading', phrase(problem.code.replace('waiting-', 'lobby.')));
  write('place', problem.place ? phrase('lobby.place', { place: problem.place }) : '');
  door.askIn(pauses.waiting);
});

const events = eventsOf(session);
events.on('participant.admitted', ({ data }) => data.participant === participant && door.ask());
for (const kind of ['participant.removed', 'participant.banned']) {
  events.on(kind, ({ data }) => data.participant === participant && goOn());
}
for (const kind of ['entrance.changed', 'session.closed']) events.on(kind, () => door.askIn(pauses.changed));
/** How many were in the room; when somebody leaves, a seat may be free. */
let present = 0;
events.on('presence', ({ data }) => {
  if (data.present < present) door.askIn(pauses.changed);
  present = data.present;
});
events.addEventListener('restored', () => door.ask());
addEventListener('online', () => door.ask());
door.ask();
