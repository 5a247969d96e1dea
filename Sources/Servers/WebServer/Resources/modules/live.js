/** The live session: player, people, tabs, and the session's state in words. */

import './hc-player.js';
import './hc-people.js';
import './hc-tabs.js';
import { call } from './api.js';
import { eventsOf } from './events.js';
import { phrase } from './phrases.js';

const room = document.querySelector('.room');
const session = room?.getAttribute('data-session') ?? '';

async function showState() {
  const told = await call('GET', `/sessions/${session}`).catch(() => null);
  const badge = room?.querySelector('[data-field="state"]');
  if (!badge || typeof told?.state !== 'string') return;
  badge.textContent = phrase(`state.${told.state}`);
  badge.className = `badge badge-${told.state}`;
}

if (session) {
  const events = eventsOf(session);
  for (const kind of ['session.opened', 'session.live', 'session.closed']) events.on(kind, showState);
  events.addEventListener('restored', showState);
}
