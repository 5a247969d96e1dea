/** `<hc-hands>`: the line of raised hands, the first to raise it first; moderators call on people and lower hands here. */

import { call } from './api.js';
import { Forum } from './forum.js';
import { counted } from './phrases.js';

/**
 * @typedef {object} Hand
 * @property {string} participant
 * @property {string} name
 * @property {string} organisation
 * @property {string} at
 * @property {boolean} isCalled
 */

class Hands extends Forum {
  connectedCallback() {
    if (this.session) return;
    this.list = /** @type {HTMLElement} */ (this.querySelector('[data-field="hands"]'));
    const events = this.follow('hands');
    events.on('hand.raised', ({ data }) => this.put({ ...data, text: '' }));
    events.on('hand.called', ({ data }) => this.mark(data.participant, true));
    events.on('hand.lowered', ({ data }) => this.drop(data.participant));
  }

  /**
   * @protected
   * @param {{hands: Hand[]}} told
   */
  said(told) {
    return told.hands;
  }

  /**
   * @protected
   * @param {Hand[]} hands in order
   */
  fill(hands) {
    const known = new Set(hands.map(({ participant }) => participant));
    for (const row of this.rows) if (!known.has(row.dataset.participant ?? '')) row.remove();
    for (const hand of hands) this.put(hand);
    this.tidy();
  }

  /** @private */
  get rows() {
    return /** @type {HTMLElement[]} */ ([...(this.list?.children ?? [])]);
  }

  /**
   * @private
   * @param {string} participant
   */
  row(participant) {
    return this.rows.find((row) => row.dataset.participant === participant);
  }

  /**
   * Who comes stands behind those who were there: nothing moves under a hand.
   * @private
   * @param {Hand} hand
   */
  put(hand) {
    const known = this.row(hand.participant);
    if (known && known.querySelector('time')?.getAttribute('datetime') !== hand.at) known.remove();
    if (!this.row(hand.participant)) this.list?.append(this.makeHand(hand));
    this.mark(hand.participant, hand.isCalled);
    this.tidy();
  }

  /**
   * @private
   * @param {Hand} hand
   */
  makeHand(hand) {
    const row = this.makeRow({ ...hand, text: '' });
    row.dataset.participant = hand.participant;
    row.querySelectorAll('input[name="participant"]').forEach((input) => input.setAttribute('value', hand.participant));
    return row;
  }

  /**
   * @private
   * @param {string} participant
   * @param {boolean} isCalled
   */
  mark(participant, isCalled) {
    const row = this.row(participant);
    if (!row) return;
    row.dataset.called = isCalled ? 'yes' : '';
    row.querySelector('[data-for="called"]')?.toggleAttribute('hidden', !isCalled);
    row.querySelector('[data-act="call"]')?.toggleAttribute('hidden', isCalled);
  }

  /**
   * @private
   * @param {string} participant
   */
  drop(participant) {
    this.row(participant)?.remove();
    this.tidy();
  }

  /** @private */
  tidy() {
    const { length } = this.rows;
    this.querySelector('[data-field="nothing"]')?.toggleAttribute('hidden', length > 0);
    const field = this.querySelector('[data-field="count"]');
    const words = length > 0 ? counted('hands.up', length) : '';
    if (field && field.textContent !== words) field.textContent = words;
  }

  /**
   * @protected
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async act(act, { participant }) {
    const one = `${this.path}/${encodeURIComponent(participant ?? '')}`;
    if (act === 'call') {
      await call('PATCH', one, { isCalled: true });
      this.mark(participant, true);
      return this.focusOn(this.row(participant));
    }
    const next = this.row(participant)?.nextElementSibling ?? this.row(participant)?.previousElementSibling;
    await call('DELETE', one);
    this.drop(participant);
    this.focusOn(next);
  }

  /**
   * The keyboard goes on with what can be done there.
   * @private
   * @param {Element | null | undefined} row
   */
  focusOn(row) {
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector('form:not([hidden]) button'))?.focus();
  }
}

customElements.define('hc-hands', Hands);
