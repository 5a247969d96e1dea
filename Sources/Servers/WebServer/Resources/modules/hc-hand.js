/**
 * `<hc-hand>`: one's own raised hand, for who is in the room. One button, pressed while it is up.
 *
 * It shows only what the server has said: the hand is up once it stands in the line.
 */

import { call, Problem } from './api.js';
import { eventsOf } from './events.js';
import { named } from './phrases.js';

class OwnHand extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    this.path = `/sessions/${this.session}/hands`;
    this.button = /** @type {HTMLElement} */ (this.querySelector('[data-act="toggle"]'));
    this.button.addEventListener('click', () => this.toggle());
    this.isOpen = !this.hidden;
    this.listen(eventsOf(this.session));
  }

  /**
   * @private
   * @param {import('./events.js').SessionEvents} events
   */
  listen(events) {
    events.on('hands.opened', () => this.show({ isOpen: true }));
    events.on('hands.closed', () => this.show({ isOpen: false }));
    events.on('hands.cleared', () => this.show({ state: 'down' }));
    for (const [kind, state] of Object.entries({ raised: 'raised', lowered: 'down', called: 'called' })) {
      events.on(`hand.${kind}`, ({ data }) => data.participant === this.dataset.participant && this.show({ state }));
    }
    events.addEventListener('opened', () => this.ask());
  }

  /**
   * What happened before the stream began, or while it was away.
   * @private
   */
  async ask() {
    const told = await call('GET', /** @type {string} */ (this.path)).catch(() => null);
    if (!told) return;
    const own = told.hands.find((/** @type {{participant: string}} */ hand) => hand.participant === this.dataset.participant);
    this.show({ isOpen: told.isOpen, state: !own ? 'down' : own.isCalled ? 'called' : 'raised' });
  }

  /**
   * The button stays where it is and keeps the keyboard: it is never disabled.
   * @private
   */
  async toggle() {
    if (this.isBusy) return;
    this.isBusy = true;
    this.tell('');
    try {
      const isUp = this.dataset.state !== 'down';
      await call(isUp ? 'DELETE' : 'PUT', `${this.path}/own`);
      this.show({ state: isUp ? 'down' : 'raised' });
    } catch (problem) {
      this.tell(problem instanceof Problem ? this.inOurWords(problem) : new Problem(0, {}).words);
    } finally {
      this.isBusy = false;
    }
  }

  /**
   * @private
   * @param {Problem} problem
   */
  inOurWords({ code, words }) {
    return code === 'too-many-requests' ? named('hands', 'too-fast') : code === 'conflict' ? named('hands', 'not-now') : words;
  }

  /**
   * @private
   * @param {{isOpen?: boolean, state?: string}} changed
   */
  show({ isOpen = this.isOpen, state = this.dataset.state ?? 'down' }) {
    this.isOpen = isOpen;
    this.toggleAttribute('hidden', !isOpen && state === 'down');
    if (this.dataset.state === state) return;
    this.dataset.state = state;
    this.button?.setAttribute('aria-pressed', String(state !== 'down'));
    const field = this.querySelector('[data-field="state"]');
    if (field) field.textContent = state === 'down' ? '' : named('hands.own', state);
  }

  /**
   * @private
   * @param {string} words
   */
  tell(words) {
    const field = this.querySelector('[data-field="problem"]');
    if (!field) return;
    field.textContent = words;
    field.toggleAttribute('hidden', !words);
  }
}

customElements.define('hc-hand', OwnHand);
