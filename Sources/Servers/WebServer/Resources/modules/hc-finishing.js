/** `<hc-finishing>`: how far the making of a recording's files has come. The page is read anew when it is done. */

import { call } from './api.js';
import { phrase } from './phrases.js';

/** Milliseconds between two questions. */
const pause = 2_000;

class Finishing extends HTMLElement {
  connectedCallback() {
    this.asking = setInterval(() => !document.hidden && this.ask(), pause);
  }

  disconnectedCallback() {
    clearInterval(this.asking);
  }

  /** @private */
  async ask() {
    const told = await call('GET', `/recordings/${this.dataset.recording}`).catch(() => null);
    if (!told) return;
    if (told.state === 'ready' || told.state === 'failed') return location.reload();
    if (typeof told.percent === 'number') this.show(told.percent);
  }

  /**
   * @private
   * @param {number} percent
   */
  show(percent) {
    const words = phrase('recording.finishing-percent', { percent });
    const field = this.querySelector('[data-field="words"]');
    if (field) field.textContent = words;
    const bar = this.querySelector('progress');
    if (bar) bar.value = percent;
    bar?.setAttribute('aria-label', words);
    const badge = document.querySelector('.page-head [data-field="state"]');
    if (badge) badge.textContent = words;
  }
}

customElements.define('hc-finishing', Finishing);
