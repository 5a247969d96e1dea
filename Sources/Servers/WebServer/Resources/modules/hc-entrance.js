/** `<hc-entrance>`: lobby and lock of a session, who waits there, and how they are let in. */

import { call } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { fill, isInUse, makeRow, write } from './people-list.js';
import { counted } from './phrases.js';

/** @typedef {{lobby: boolean, locked: boolean, seats?: number, waiting: import('./people-list.js').Person[]}} Told */

/** The switches, by their acts. */
const switches = {
  'lobby-on': { lobby: true }, 'lobby-off': { lobby: false }, lock: { locked: true }, unlock: { locked: false },
};

class Entrance extends HTMLElement {
  connectedCallback() {
    if (this.path) return;
    const session = this.dataset.session ?? '';
    this.path = `/sessions/${session}/entrance`;
    takeOverForms(this, (act, values, form) => this.perform(act, values, form));
    const events = eventsOf(session);
    events.on('presence', ({ data }) => data.waiting !== this.waiting && this.ask());
    for (const kind of ['entrance.changed', 'participant.admitted']) events.on(kind, () => this.ask());
    events.addEventListener('restored', () => this.ask());
    for (const event of ['pointerleave', 'focusout']) this.addEventListener(event, () => setTimeout(() => this.settle(), 0));
    this.ask();
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   * @param {HTMLFormElement} form
   */
  async perform(act, { participant, organisations, seats }, form) {
    if (act in switches) await call('PATCH', this.path, switches[/** @type {keyof typeof switches} */ (act)]);
    else if (act === 'seats') await call('PATCH', this.path, { seats: Number(seats) || 0 });
    else if (act === 'admit') await call('POST', `${this.path}/admissions`, { participants: [participant] });
    else if (act === 'admit-all') await call('POST', `${this.path}/admissions`, { everybody: true });
    else await call('PATCH', this.path, { passes: rule(new FormData(form), organisations) });
    await this.ask();
    if (isInUse(this)) this.show();
    if (!this.contains(document.activeElement)) this.querySelector('button:not(form[hidden] *)')?.focus();
  }

  /** @private */
  async ask() {
    const told = /** @type {Told | null} */ (await call('GET', this.path).catch(() => null));
    if (!told) return;
    this.told = told;
    this.waiting = told.waiting.length;
    write(this, 'count', counted('entrance.waiting', this.waiting));
    if (!isInUse(this)) this.show();
  }

  /** @private */
  settle() {
    if (this.told && !isInUse(this)) this.show();
  }

  /** @private */
  show() {
    if (!this.told) return;
    const { lobby, locked, seats, waiting } = this.told;
    this.told = undefined;
    const list = this.querySelector('[data-field="waiting"]');
    if (list) fill(list, waiting, (person) => makeRow(this, person));
    const input = this.querySelector('input[name="seats"]');
    if (input instanceof HTMLInputElement && input !== document.activeElement) input.defaultValue = seats ? String(seats) : '';
    this.hide('lobby-on', lobby);
    this.hide('lobby-off', !lobby);
    this.hide('lock', locked);
    this.hide('unlock', !locked);
    this.hide('admit-all', waiting.length === 0);
  }

  /**
   * @private
   * @param {string} act
   * @param {boolean} isHidden
   */
  hide(act, isHidden) {
    this.querySelector(`[data-act="${act}"]`)?.toggleAttribute('hidden', isHidden);
  }
}

/**
 * @param {FormData} form
 * @param {string} organisations one on a line
 */
function rule(form, organisations) {
  return {
    capacities: form.getAll('capacities[]'),
    organisations: organisations.split('\n').map((line) => line.trim()).filter(Boolean),
  };
}

customElements.define('hc-entrance', Entrance);
