/**
 * `<hc-log>`: what happened, the latest first. New entries wait behind a button that counts them, so that nothing moves
 * under a hand.
 */

import { eventsOf } from './events.js';
import { counted, language, named } from './phrases.js';

/** Entries kept on the page. */
const longest = 200;

class EventLog extends HTMLElement {
  connectedCallback() {
    const session = this.closest('.desk')?.querySelector('[data-session]')?.getAttribute('data-session');
    if (!session || this.clock) return;
    const zone = this.dataset.zone || 'UTC';
    this.clock = new Intl.DateTimeFormat(language, { timeStyle: 'medium', timeZone: zone, hour12: false });
    /** @type {HTMLElement[]} */
    this.waiting = [];
    this.button = this.querySelector('[data-act="show"]');
    this.button?.addEventListener('click', () => this.show());
    eventsOf(session).on('*', (told) => this.add(told));
  }

  /**
   * @private
   * @param {import('./events.js').Told} told
   */
  add(told) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-row]'));
    const row = /** @type {HTMLElement} */ (template.content.cloneNode(true)).firstElementChild;
    if (!(row instanceof HTMLElement) || this.querySelector(`[data-number="${CSS.escape(told.id)}"]`)) return;
    const instant = new Date(told.data.instant ?? Date.now());
    row.dataset.kind = told.kind;
    row.dataset.number = told.id;
    row.querySelector('time')?.setAttribute('datetime', instant.toISOString());
    write(row, 'time', this.clock?.format(instant) ?? '');
    write(row, 'event', named('log', told.kind));
    write(row, 'detail', [told.data.name, told.data.reason ?? told.data.title ?? told.data.text ?? percentOf(told.data)].filter(Boolean).join(' · '));
    this.waiting?.push(row);
    if (this.hasEntries) this.offer();
    else this.show();
  }

  /** @private */
  get hasEntries() {
    return this.querySelector('.log .log-entry') !== null;
  }

  /** @private */
  offer() {
    const count = this.waiting?.length ?? 0;
    if (this.button) this.button.textContent = counted('log.waiting', count);
    this.button?.toggleAttribute('hidden', count === 0);
  }

  /** @private */
  show() {
    const entries = this.querySelector('[data-field="entries"]');
    for (const row of this.waiting?.splice(0) ?? []) entries?.prepend(row);
    while ((entries?.children.length ?? 0) > longest) entries?.lastElementChild?.remove();
    this.querySelector('[data-field="nothing"]')?.setAttribute('hidden', '');
    this.offer();
  }
}

/**
 * How far the finishing of a recording has come.
 * @param {any} data
 */
function percentOf(data) {
  return typeof data.percent === 'number' && data.percent > 0 ? `${data.percent} %` : '';
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {string} words
 */
function write(row, name, words) {
  const field = row.querySelector(`[data-field="${name}"]`);
  if (field) field.textContent = words;
}

customElements.define('hc-log', EventLog);
