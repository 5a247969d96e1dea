/**
 * `<hc-clips>`: asks for clips from where the player stands, and shows how far their making has come. The list is the page's own, read
 * again.
 */

import { call, Problem } from './api.js';
import { takeOverForms } from './forms.js';
import { phrase } from './phrases.js';
import { place, secondsOf } from './place.js';

/** Milliseconds between two looks at clips that are being made. */
const pause = 1_000;

class Clips extends HTMLElement {
  connectedCallback() {
    takeOverForms(this, (act, values) => (act === 'order' ? this.order(values) : this.discard(values)));
    for (const button of this.querySelectorAll('button[data-take]')) {
      button.removeAttribute('hidden');
      button.addEventListener('click', () => this.take(button.getAttribute('data-take') ?? ''));
    }
    document.addEventListener('play', (event) => this.follow(event.target), { capture: true });
    this.follow(document.querySelector('hc-recording video'));
    this.asking = setInterval(() => !document.hidden && this.querySelector('[data-making]') && this.refresh(), pause);
  }

  disconnectedCallback() {
    clearInterval(this.asking);
  }

  /**
   * The player that was used last says where a clip begins and ends.
   * @private
   * @param {EventTarget | null} video
   */
  follow(video) {
    this.player = (video instanceof HTMLVideoElement && video.closest('hc-recording')) || this.player;
  }

  /**
   * @private
   * @param {string} name of the field that takes the player's place
   */
  take(name) {
    const field = this.querySelector(`input[name="${name}"]`);
    if (!(field instanceof HTMLInputElement) || !this.player) return;
    field.value = place(/** @type {any} */ (this.player).place ?? 0);
  }

  /**
   * @private
   * @param {Record<string, string>} values
   */
  async order({ from, until, title }) {
    await call('POST', this.path, { from: this.instant(from), until: this.instant(until), title });
    await this.refresh();
  }

  /**
   * @private
   * @param {Record<string, string>} values
   */
  async discard({ clip }) {
    await call('DELETE', `${this.path}/${clip}`);
    await this.refresh();
  }

  /** @private */
  get path() {
    return `/recordings/${this.dataset.recording}/clips`;
  }

  /**
   * @private
   * @param {string} text
   */
  instant(text) {
    const moment = Date.parse(this.dataset.begins ?? '') + Math.round(secondsOf(text) * 1000);
    if (Number.isNaN(moment)) throw new Problem(400, { detail: phrase('recording.player-no-place', { place: text }) });
    return new Date(moment).toISOString();
  }

  /** Takes what has changed of the list; the rest of the page stays as it is. @private */
  async refresh() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return;
    const read = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-field="clips"]');
    const list = this.querySelector('[data-field="clips"]');
    if (!read || !list) return;
    const fresh = [...read.children];
    for (const item of [...list.children]) {
      const same = fresh.find((each) => each.id === item.id);
      if (!same) item.remove();
      else if (same.outerHTML !== item.outerHTML) item.replaceWith(same);
    }
    for (const item of fresh) if (!document.getElementById(item.id)) list.append(item);
  }
}

customElements.define('hc-clips', Clips);
