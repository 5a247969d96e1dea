/** The live session: player, people, tabs, and the session's state in words. */

import './hc-player.js';
import './hc-announcements.js';
import './hc-chat.js';
import './hc-hand.js';
import './hc-hands.js';
import './hc-notice.js';
import './hc-organisations.js';
import './hc-people.js';
import './hc-polls.js';
import './hc-questions.js';
import './hc-recorder.js';
import './hc-tabs.js';
import { call } from './api.js';
import { eventsOf } from './events.js';
import { named, phrase } from './phrases.js';

const room = document.querySelector('.room');
const session = room?.getAttribute('data-session') ?? '';

/** What moves the badges. */
const kinds = [
  'session.opened', 'session.live', 'session.closed', 'recording.started', 'recording.paused', 'recording.resumed',
  'recording.alarm', 'recording.sound',
];

async function showState() {
  const told = await call('GET', `/sessions/${session}`).catch(() => null);
  const badge = room?.querySelector('.facts [data-field="state"]');
  const recorder = room?.querySelector('[data-field="recorder"]');
  if (!badge || !recorder || typeof told?.state !== 'string') return;
  badge.textContent = phrase(`state.${told.state}`);
  badge.className = `badge badge-${told.state}`;
  const recording = told.recording ?? 'off';
  recorder.textContent = named('recorder.state', recording);
  recorder.className = `badge badge-recorder-${recording}`;
}

if (session) {
  const events = eventsOf(session);
  for (const kind of kinds) events.on(kind, showState);
  events.addEventListener('restored', showState);
}
