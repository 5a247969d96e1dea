/** `<hc-room>`: opens and closes the session that a room holds, and says where it stands. */

import { call } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { phrase } from './phrases.js';

class RoomDesk extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    takeOverForms(this, (act, values) => this.perform(act, values));
    const events = eventsOf(this.session);
    for (const kind of ['session.opened', 'session.live', 'session.closed']) events.on(kind, () => this.ask());
    events.addEventListener('restored', () => this.ask());
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async perform(act, { reason, title }) {
    if (act === 'mark') return void (await call('POST', `/sessions/${this.session}/marks`, { title }));
    await call('POST', `/sessions/${this.session}/${act}`, { reason });
    await this.ask();
  }

  /** @private */
  async ask() {
    const told = await call('GET', `/sessions/${this.session}`).catch(() => null);
    if (typeof told?.state === 'string') this.show(told.state);
  }

  /**
   * @private
   * @param {string} state
   */
  show(state) {
    this.dataset.state = state;
    const badge = this.querySelector('[data-field="state"]');
    if (badge) {
      badge.textContent = phrase(`state.${state}`);
      badge.className = `badge badge-${state}`;
    }
    this.querySelector('[data-for="open"]')?.toggleAttribute('hidden', state === 'running');
    this.querySelector('[data-for="close"]')?.toggleAttribute('hidden', state !== 'running' && state !== 'doors-open');
  }
}

customElements.define('hc-room', RoomDesk);
