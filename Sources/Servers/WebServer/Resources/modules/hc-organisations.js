/** `<hc-organisations>`: how many of each parliament or organisation are in the session, for as long as somebody looks. */

import { call } from './api.js';
import { eventsOf } from './events.js';
import { write } from './people-list.js';
import { phrase } from './phrases.js';

/** Milliseconds between two questions, at least. */
const pause = 2_000;

/** @typedef {{organisation: string, present: number, registered: number}} Organisation */

class Organisations extends HTMLElement {
  connectedCallback() {
    if (this.path) return;
    this.path = `/sessions/${this.dataset.session}/organisations`;
    this.askedAt = -Infinity;
    this.details = this.querySelector('details');
    this.details?.addEventListener('toggle', () => this.askSoon());
    const events = eventsOf(this.dataset.session ?? '');
    events.on('presence', () => this.askSoon());
    events.addEventListener('restored', () => this.askSoon());
  }

  disconnectedCallback() {
    clearTimeout(this.next);
  }

  /** @private */
  askSoon() {
    clearTimeout(this.next);
    if (!this.details?.open) return;
    this.next = setTimeout(() => this.ask(), Math.max(0, (this.askedAt ?? 0) + pause - performance.now()));
  }

  /** @private */
  async ask() {
    this.askedAt = performance.now();
    const told = await call('GET', this.path ?? '').catch(() => null);
    if (told) this.querySelector('[data-field="organisations"]')?.replaceChildren(...told.organisations.map(this.makeRow, this));
  }

  /**
   * @private
   * @param {Organisation} organisation
   */
  makeRow({ organisation, present, registered }) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-row]'));
    const row = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    row.classList.toggle('soft', present === 0);
    write(row, 'organisation', organisation || phrase('people.no-organisation'));
    write(row, 'share', phrase('people.share', { present, registered }));
    return row;
  }
}

customElements.define('hc-organisations', Organisations);
