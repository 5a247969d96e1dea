/**
 * `<hc-people>`: who is in the session, as an arc of seats and a list; moderators remove and readmit here.
 *
 * The list waits while a pointer or the keyboard is in it: nothing moves under a hand.
 */

import { call } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { fill, isInUse, makeRow, write } from './people-list.js';
import { counted, named } from './phrases.js';

/** Milliseconds between two questions for the list, at least. */
const pause = 2_000;

/** @typedef {import('./people-list.js').Person} Person */

class People extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    this.moderates = this.dataset.moderates === 'yes';
    this.askedAt = -Infinity;
    takeOverForms(this, (act, values) => this.perform(act, values));
    this.listen(eventsOf(this.session));
    for (const event of ['pointerleave', 'focusout']) this.addEventListener(event, () => this.settle());
    this.ask();
  }

  disconnectedCallback() {
    clearTimeout(this.next);
  }

  /**
   * @private
   * @param {import('./events.js').SessionEvents} events
   */
  listen(events) {
    events.on('presence', ({ data }) => {
      if (Number.isFinite(data.present)) this.count(data.present);
      this.askSoon();
    });
    for (const kind of ['participant.removed', 'participant.banned', 'participant.readmitted']) events.on(kind, () => this.askSoon());
    events.addEventListener('restored', () => this.askSoon());
  }

  /** @private */
  askSoon() {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.ask(), Math.max(0, this.askedAt + pause - performance.now()));
  }

  /** @private */
  async ask() {
    this.askedAt = performance.now();
    const told = await call('GET', `/sessions/${this.session}/people`).catch(() => null);
    if (told) this.take(told);
  }

  /**
   * @private
   * @param {{people?: Person[], removed?: Person[]}} told
   */
  take(told) {
    this.told = told;
    this.count(told.people?.length ?? 0);
    if (!isInUse(this)) this.show();
  }

  /** @private */
  settle() {
    setTimeout(() => this.told && !isInUse(this) && this.show(), 0);
  }

  /** @private */
  show() {
    const { people = [], removed = [] } = this.told ?? {};
    this.told = undefined;
    this.fill('present', people, false);
    this.fill('removed', removed, true);
    this.field('nobody')?.toggleAttribute('hidden', people.length > 0);
    this.field('removed-section')?.toggleAttribute('hidden', removed.length === 0);
  }

  /**
   * @private
   * @param {string} name
   * @param {Person[]} people
   * @param {boolean} areRemoved
   */
  fill(name, people, areRemoved) {
    const list = this.field(name);
    if (list) fill(list, people, (person) => this.makeRow(person, areRemoved));
  }

  /**
   * @private
   * @param {Person} person
   * @param {boolean} isRemoved
   */
  makeRow(person, isRemoved) {
    const row = makeRow(this, person);
    write(row, 'reason', person.reason ?? '');
    write(row, 'extent', named('people.extent', person.extent ?? 'session'));
    row.querySelector(isRemoved ? '.act' : '[data-act="readmit"]')?.remove();
    if (!isRemoved) row.querySelector('.person-reason')?.remove();
    return row;
  }

  /**
   * Says how many there are, and fills as many seats.
   * @private
   * @param {number} present
   */
  count(present) {
    const words = counted('people.present', present);
    write(this, 'count', words);
    this.querySelector('.presence')?.setAttribute('aria-label', words);
    this.querySelectorAll('.seat').forEach((seat, index) => seat.classList.toggle('taken', index < present));
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async perform(act, { participant, reason, extent = 'session' }) {
    const removals = `/sessions/${this.session}/removals`;
    if (act === 'remove') await call('POST', removals, { participant, reason, extent });
    else await call('DELETE', `${removals}/${encodeURIComponent(participant)}`);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.askedAt = -Infinity;
    this.askSoon();
  }

  /**
   * @private
   * @param {string} name
   */
  field(name) {
    return this.querySelector(`[data-field="${name}"]`);
  }
}

customElements.define('hc-people', People);
