/** `<hc-recorder>`: how the recording of a session fares. It is asked for every two seconds while the page is looked at. */

import { call, Problem } from './api.js';
import { eventsOf } from './events.js';
import { counted, length, named, phrase, size } from './phrases.js';

/** Milliseconds between two questions. */
const pause = 2_000;
const none = '–';
const kinds = ['recording.started', 'recording.paused', 'recording.resumed', 'recording.alarm', 'recording.sound'];

/**
 * @typedef {object} State
 * @property {string} status `waiting`, `recording`, `paused` or `failing`
 * @property {number} [bytes]
 * @property {number} [seconds]
 * @property {number} [unsyncedSeconds]
 * @property {number} [freeBytes]
 * @property {number} gapCount
 * @property {string[]} alarms
 */

class Recorder extends HTMLElement {
  connectedCallback() {
    this.asking = setInterval(() => !document.hidden && this.ask(), pause);
    if (!this.isListening) for (const kind of kinds) eventsOf(this.dataset.session ?? '').on(kind, () => this.ask());
    this.isListening = true;
    this.ask();
  }

  disconnectedCallback() {
    clearInterval(this.asking);
  }

  /** @private */
  async ask() {
    try {
      this.show(await call('GET', `/sessions/${this.dataset.session}/recording`));
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) this.show({ status: 'off', gapCount: 0, alarms: [] });
      else this.write('state', phrase('recorder.unknown'));
    }
  }

  /**
   * @private
   * @param {State} state
   */
  show(state) {
    this.dataset.state = state.status;
    const badge = this.querySelector('[data-field="state"]');
    if (badge) badge.className = `badge badge-recorder-${state.status}`;
    this.write('state', named('recorder.state', state.status));
    this.write('size', known(state.bytes, size));
    this.write('length', known(state.seconds, length));
    this.write('sync', known(state.unsyncedSeconds, (seconds) => phrase('recorder.exposed', { length: length(seconds) })));
    this.write('gaps', counted('recorder.gaps', state.gapCount));
    this.write('free', known(state.freeBytes, size));
    this.warn(state.alarms);
    this.dispatchEvent(new CustomEvent('recorder', { bubbles: true, detail: state.status }));
  }

  /**
   * @private
   * @param {string[]} alarms
   */
  warn(alarms) {
    const list = this.querySelector('[data-field="alarms"]');
    if (!list || this.alarms === alarms.join()) return;
    this.alarms = alarms.join();
    list.replaceChildren(...alarms.map((alarm) => {
      const item = document.createElement('li');
      item.className = 'alert';
      item.textContent = named('recorder.alarm', alarm);
      return item;
    }));
  }

  /**
   * @private
   * @param {string} name
   * @param {string} words
   */
  write(name, words) {
    const field = this.querySelector(`[data-field="${name}"]`);
    if (field && field.textContent !== words) field.textContent = words;
  }
}

/**
 * @param {number | undefined} value
 * @param {(value: number) => string} words
 */
function known(value, words) {
  return value === undefined ? none : words(value);
}

customElements.define('hc-recorder', Recorder);
